"""Two curves between axes with a few round numbers."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.pictures.numbers import written
from grader.pictures.scene import SMALL, TEXT, Circle, Mark, Path, Scene, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.pictures.curves import Curve, Curves
    from grader.pictures.scene import Tone

# Lengths in inches; TICKS is the number of ticks.
WIDTH, HEIGHT = 5.6, 2.8
LEFT, TOP, BELOW, MARGIN, KEY = 0.85, 0.65, 0.8, 0.4, 0.15
LEADING = 0.26
TICKS, TICK, GAP = 5, 0.06, 0.12
DOTTED, DOT = 30, 0.035
"""Curves of up to this many points have them marked by circles of this radius, in inches."""
STROKE, SIGNS = 2.0, 0.14
"""Width of a curve in points; least distance between two signs at the border, in inches."""
GOT: tuple[Tone, bool] = ("main", False)
RIGHT: tuple[Tone, bool] = ("ink", True)
"""The tone of each curve, and whether it is dashed."""


def plotted(curves: Curves, t: Translator) -> Scene:
    """Return the scene of two curves."""
    return _Axes(curves).scene(t)


class _Axes:
    def __init__(self, curves: Curves) -> None:
        self._curves = curves
        low, high = curves.range
        self._rows = ticks(low, high, whole=curves.logarithmic)
        self._low, self._high = min(low, self._rows[0]), max(high, self._rows[-1])
        self._last = max(curves.got.steps, curves.right.steps, 2) - 1

    def scene(self, t: Translator) -> Scene:
        """Draw the submission's curve over the right one, both over the axes."""
        legend = self._curves.legend(t)
        marks = [
            *self._frame(t),
            *self._keys(t),
            *self._curve(self._curves.right, *RIGHT),
            *self._curve(self._curves.got, *GOT),
            *self._odd(self._curves.got),
        ]
        y = TOP + HEIGHT + BELOW
        for text in legend:
            marks.append(Text(LEFT, y, text, SMALL, "wrong", "left"))
            y += LEADING
        width = max(LEFT + WIDTH, *(LEFT + text_width(text, SMALL) for text in ("", *legend)))
        return Scene(width + MARGIN, y, tuple(marks))

    def _keys(self, t: Translator) -> Iterator[Mark]:
        x = LEFT
        for name, (tone, broken) in ((t("your result"), GOT), (t("reference"), RIGHT)):
            yield Path(((x, KEY), (x + 0.4, KEY)), tone, broken, width=STROKE)
            yield Text(x + 0.5, KEY, name, TEXT, tone, "left")
            x += 0.8 + text_width(name)

    def _frame(self, t: Translator) -> Iterator[Mark]:
        bottom, right = TOP + HEIGHT, LEFT + WIDTH
        for value in self._rows:
            y = self._y(value)
            yield Path(((LEFT, y), (right, y)), "soft", width=0.3)
            label = written(10.0**value if self._curves.logarithmic else value)
            yield Text(LEFT - GAP, y, label, SMALL, "soft", "right")
        for step in ticks(0, self._last, whole=True):
            x = self._x(step)
            yield Path(((x, bottom), (x, bottom + TICK)), "soft", width=0.8)
            yield Text(x, bottom + 0.2, written(step), SMALL, "soft")
        yield Path(((LEFT, bottom), (right, bottom)), "soft", width=0.8)
        yield Text(LEFT + WIDTH / 2, bottom + 0.43, self._curves.over_what(t), SMALL, "soft")
        yield Text(right, KEY, self._curves.of, SMALL, "soft", "right")

    def _curve(self, curve: Curve, tone: Tone, broken: bool) -> Iterator[Mark]:
        """Yield strokes, which end where a number is missing or outside the drawn range."""
        points = self._curves.points(curve)
        stroke: list[tuple[float, float]] = []
        for (step, value), (after, other) in pairwise(points):
            piece = self._piece(step, value, after, other)
            if stroke and (not piece or piece[0] != stroke[-1]):
                yield Path(tuple(stroke), tone, broken, width=STROKE)
                stroke = []
            stroke += piece[1:] if stroke else piece
        if stroke:
            yield Path(tuple(stroke), tone, broken, width=STROKE)
        if len(points) <= DOTTED and not broken:
            for step, value in points:
                if value is not None and self._inside(value):
                    yield Circle(self._x(step), self._y(value), DOT, tone, filled=True)

    def _piece(
        self, step: int, value: float | None, after: int, other: float | None
    ) -> list[tuple[float, float]]:
        """Return the two ends of a line, cut at the drawn range."""
        if value is None or other is None:
            return []
        if max(value, other) < self._low or min(value, other) > self._high:
            return []
        ends = []
        for one, beyond, x1, x2 in ((value, other, step, after), (other, value, after, step)):
            inside = min(max(one, self._low), self._high)
            share = 0.0 if inside == one else (inside - one) / (beyond - one)
            ends.append((self._x(x1 + share * (x2 - x1)), self._y(inside)))
        return ends

    def _odd(self, curve: Curve) -> Iterator[Mark]:
        """Yield signs at the border for numbers that cannot be drawn, without overlap."""
        last = -SIGNS
        for step, value in self._curves.points(curve):
            x = self._x(step)
            if (value is not None and self._inside(value)) or x - last < SIGNS:
                continue
            last = x
            if value is None:
                yield Text(x, TOP - 0.1, "×", TEXT, "wrong", bold=True)
            elif value > self._high:
                yield Text(x, TOP - 0.06, "^", TEXT, "wrong", bold=True)
            else:
                yield Text(x, TOP + HEIGHT - 0.1, "^", TEXT, "wrong", bold=True)

    def _inside(self, value: float) -> bool:
        return self._low <= value <= self._high

    def _x(self, step: float) -> float:
        return LEFT + WIDTH * step / self._last

    def _y(self, value: float) -> float:
        return TOP + HEIGHT * (1 - (value - self._low) / ((self._high - self._low) or 1.0))


def ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Return a few round numbers from ``low`` to ``high``, one more at each end if needed."""
    reach = high - low
    if not (reach > 0 and math.isfinite(reach)):
        return [low]
    rough = reach / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    if whole:
        step = max(1.0, float(round(step)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)] or [low]
