"""A computation as boxes with two numbers, joined by arrows in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.pictures.layers import laid_out
from grader.pictures.scene import SMALL, TEXT, Box, Mark, Path, Scene, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course.languages import Translator
    from grader.pictures.computation import Computation, Value
    from grader.pictures.layers import Place
    from grader.pictures.scene import Tone

# Lengths in inches.
HEIGHT, ROW, PADDING = 0.9, 0.26, 0.3
ROOM, PASSING = 1.2, 0.4
"""Heights in a column: of a box with its distance, and of a passing arrow."""
BETWEEN, MARGIN = 0.85, 0.35
APART = 0.09
"""Half of the distance between the two arrows of an edge."""
LINE = 0.26


def flow(computation: Computation, t: Translator) -> Scene:
    """Return the scene of a computation."""
    return _Flow(computation).scene(t)


class _Flow:
    def __init__(self, computation: Computation) -> None:
        self._computation = computation
        self._layout = laid_out(
            {value.name: value.inputs for value in computation.values}, ROOM, PASSING
        )
        last = max(column for column, _ in self._layout.values.values())
        wide = [0.0] * (last + 1)
        for value in computation.values:
            column, _ = self._layout.values[value.name]
            wide[column] = max(wide[column], _width(value))
        self._wide = wide
        self._left = [MARGIN + sum(wide[:column]) + BETWEEN * column for column in range(last + 1)]
        offsets = [y for places in self._layout.arrows.values() for _, y in places]
        offsets += [y for _, y in self._layout.values.values()]
        self._middle = HEIGHT / 2 + 0.1 - min(offsets)
        self._bottom = self._middle + max(offsets) + HEIGHT / 2

    def scene(self, t: Translator) -> Scene:
        """Draw boxes over arrows, and the legend below."""
        marks: list[Mark] = []
        for places in self._layout.arrows.values():
            marks += self._arrows(places)
        for value in self._computation.values:
            marks += self._box(value)
        keys: list[tuple[str, Tone]] = [
            (t("→ value"), "main"),
            (t("← gradient"), "back"),
            *((text, "wrong") for text in self._computation.legend(t)),
        ]
        x, y = MARGIN, self._bottom + LINE + 0.05
        for text, tone in keys:
            marks.append(Text(x, y, text, SMALL, tone, "left"))
            x += text_width(text, SMALL) + 0.3
        return Scene(max(self._left[-1] + self._wide[-1] + MARGIN, x), y + 0.15, tuple(marks))

    def _arrows(self, places: Sequence[Place]) -> Iterator[Mark]:
        """Yield the path of a value, and the path back of its gradient, around boxes."""
        there: list[tuple[float, float]] = []
        back: list[tuple[float, float]] = []
        for number, (column, offset) in enumerate(places):
            left, right = self._left[column], self._left[column] + self._wide[column]
            y = self._middle + offset
            if number == 0:
                there.append((right, y))
                back.append((right, y + ROW))
            elif number == len(places) - 1:
                there.append((left, y))
                back.append((left, y + ROW))
            else:
                there += [(left, y - APART), (right, y - APART)]
                back += [(left, y + APART), (right, y + APART)]
        yield Path(tuple(there), "main", arrow=True)
        yield Path(tuple(back[::-1]), "back", broken=True, arrow=True)

    def _box(self, value: Value) -> Iterator[Mark]:
        column, offset = self._layout.values[value.name]
        x, y = self._left[column] + self._wide[column] / 2, self._middle + offset
        yield Box(x, y, self._wide[column], HEIGHT)
        yield Text(x, y - ROW, value.title, TEXT, bold=True)
        yield _number(x, y, "→", value.data, value.right_data, "main")
        yield _number(x, y + ROW, "←", value.grad, value.right_grad, "back")


def _number(x: float, y: float, sign: str, got: str, right: str, tone: Tone) -> Text:
    if right:
        return Text(x, y, f"{sign} {got} ≠ {right}", TEXT, "wrong", bold=True)
    return Text(x, y, f"{sign} {got}" if got else "", TEXT, tone)


def _width(value: Value) -> float:
    """Return the width of a box: that of its widest row."""
    rows = [value.title]
    for got, right in ((value.data, value.right_data), (value.grad, value.right_grad)):
        rows.append(f"→ {got} ≠ {right}" if right else f"→ {got}")
    return PADDING + max(map(text_width, rows))
