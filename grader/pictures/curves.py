"""Curves over steps, such as the losses of a training: a submission's beside the right one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field

from grader.pictures.kind import Drawing, Length, Part, Short
from grader.pictures.numbers import finite, written

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

MOST_POINTS = 120
"""Steps of a longer curve that are drawn, evenly spaced, including the first and the last."""
# Columns of a curve that is drawn as text.
COLUMNS = 40
LEVELS = "▁▂▃▄▅▆▇█"
WIDE = 100
"""Ratio of the largest right number to the least one from which logarithms are drawn."""
ROOM = 1.5
"""The drawn range, relative to that of the right curve; numbers outside are marked."""
# Larger numbers count as not finite: their range would overflow a float.
LARGEST = 1e300
Finite = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]


class Curve(Part):
    """Numbers of steps 0, 1, 2 …, of which some are drawn."""

    steps: Annotated[int, Field(ge=0)] = Field(description="how many steps there are")
    at: tuple[Annotated[int, Field(ge=0)], ...] = Field(
        (), max_length=MOST_POINTS, description="the steps that are drawn"
    )
    values: tuple[Finite | None, ...] = Field(
        (), max_length=MOST_POINTS, description="their numbers; none where one is not finite"
    )

    not_finite: Length = Field(0, description="numbers that are not finite, drawn or not")

    @classmethod
    def of(cls, values: Any) -> Self:
        """Return the curve of a list of numbers, which may contain anything."""
        found = [finite(value, LARGEST) for value in _listed(values)]
        count = len(found)
        if count <= MOST_POINTS:
            at = list(range(count))
        else:
            at = [k * (count - 1) // (MOST_POINTS - 1) for k in range(MOST_POINTS)]
        values = tuple(found[k] for k in at)
        return cls(steps=count, at=tuple(at), values=values, not_finite=found.count(None))

    @property
    def finite(self) -> list[float]:
        """The finite numbers."""
        return [value for value in self.values if value is not None]


class Curves(Drawing):
    """The curve of a submission beside the right one."""

    kind: Literal["curves"] = Field("curves", description="the form of the drawing")
    got: Curve = Field(description="the submission's")
    right: Curve = Field(description="the reference's")
    over: Short = Field("", description="what the steps are, for instance epochs")
    of: Short = Field("", description="what the numbers are, for instance losses")

    @classmethod
    def beside(cls, got: Any, right: Any, *, over: str = "", of: str = "") -> Self:
        """Return the curve of a result, which may be anything, beside the right one."""
        return cls(got=Curve.of(got), right=Curve.of(right), over=over, of=of)

    @property
    def logarithmic(self) -> bool:
        """Whether the right numbers differ so much that their logarithms are drawn."""
        shown = self.right.finite
        return bool(shown) and min(shown) > 0 and max(shown) >= WIDE * min(shown)

    def height(self, value: float) -> float:
        """Return the height of a number: itself, or its decimal logarithm."""
        if not self.logarithmic:
            return value
        return math.log10(value) if value > 0 else -LARGEST

    def points(self, curve: Curve) -> list[tuple[int, float | None]]:
        """Return the drawn steps of a curve, and their heights; None for a non-finite number."""
        return [
            (step, None if value is None else self.height(value))
            for step, value in zip(curve.at, curve.values, strict=True)
        ]

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest height that is drawn."""
        got, right = (list(map(self.height, curve.finite)) for curve in (self.got, self.right))
        shown = right or got or [0.0]
        low, high = min(shown), max(shown)
        reach = (high - low) or abs(high) or 1.0
        everything = [*(place for place in got if place > -LARGEST), *shown]
        lowest = max(min(everything), low - ROOM * reach)
        highest = min(max(everything), high + ROOM * reach)
        from_zero = not self.logarithmic and 0 < lowest < highest / 2
        return (0.0 if from_zero else lowest), highest

    @property
    def outside(self) -> int:
        """The number of drawn points of the submission outside the drawn range."""
        low, high = self.range
        return sum(not low <= self.height(value) <= high for value in self.got.finite)

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return a row of bars for each curve, with its first and its last number."""
        names = [name for name, _ in self._named(t)]
        room = max(map(len, names))
        columns = max(8, min(COLUMNS, width - room - 24))
        rows = [
            f"{name.ljust(room)}  {self._bars(curve, columns)}  {_ends(curve)}"
            for name, curve in self._named(t)
        ]
        return [*(row.rstrip()[:width] for row in rows), *self.legend(t)]

    def legend(self, t: Translator) -> list[str]:
        """Return the oddities of the submission's curve."""
        lines = []
        if self.got.steps != self.right.steps:
            lines.append(
                t(
                    "Number of steps: {{got}} instead of {{right}}.",
                    got=self.got.steps,
                    right=self.right.steps,
                )
            )
        if self.got.not_finite:
            lines.append(t("× stands where a number is not finite."))
        if self.outside:
            lines.append(t("^ stands where a number lies far outside."))
        return lines

    def sentences(self, t: Translator) -> list[str]:
        """Return the beginning and the end of each curve."""
        told = [
            t(
                "Two curves: {{of}} over {{over}}.",
                of=self.of or t("numbers"),
                over=self.over_what(t),
            )
        ]
        for name, curve in self._named(t):
            told.append(t("{{name}}: {{numbers}}.", name=name, numbers=_said(curve, t)))
        if self.got.steps != self.right.steps:
            told += self.legend(t)[:1]
        if self.got.not_finite:
            told.append(
                t.plural(
                    "{{n}} of your numbers is not finite.",
                    "{{n}} of your numbers are not finite.",
                    self.got.not_finite,
                )
            )
        return told

    def scene(self, t: Translator) -> Scene:
        """Return both curves between the same axes."""
        from grader.pictures.draw_curves import plotted  # noqa: PLC0415 - text needs none

        return plotted(self, t)

    def _named(self, t: Translator) -> list[tuple[str, Curve]]:
        return [(t("your result"), self.got), (t("reference"), self.right)]

    def over_what(self, t: Translator) -> str:
        """Return the name of the steps."""
        return self.over or t("steps")

    def _bars(self, curve: Curve, columns: int) -> str:
        low, high = self.range
        last = max(self.got.steps, self.right.steps, 2) - 1
        bars = [" "] * columns
        for step, value in self.points(curve):
            bars[step * (columns - 1) // last] = _bar(value, low, high)
        return _filled("".join(bars[: 1 + (curve.steps - 1) * (columns - 1) // last]))


def _said(curve: Curve, t: Translator) -> str:
    """Return the beginning, the end and the range of a curve, in words."""
    if not curve.finite:
        return t("no finite number")
    first, last = (
        t("not finite") if value is None else written(value)
        for value in (curve.values[0], curve.values[-1])
    )
    low, high = written(min(curve.finite)), written(max(curve.finite))
    return t(
        "first {{first}}, last {{last}}, between {{low}} and {{high}}",
        first=first,
        last=last,
        low=low,
        high=high,
    )


def _listed(values: Any) -> Sequence[Any]:
    """Return a list or an array of one axis unchanged, an empty list for anything else."""
    if hasattr(values, "ndim") and hasattr(values, "tolist"):
        return list(values.tolist()) if values.ndim == 1 else ()
    return values if isinstance(values, list | tuple) else ()


def _bar(value: float | None, low: float, high: float) -> str:
    if value is None:
        return "×"
    if not low <= value <= high:
        return "^"
    share = (value - low) / (high - low) if high > low else 0.5
    return LEVELS[min(int(share * len(LEVELS)), len(LEVELS) - 1)]


def _filled(bars: str) -> str:
    """Return bars without gaps: the last bar is repeated where there is no step."""
    filled = ""
    for bar in bars:
        filled += filled[-1] if bar == " " and filled else bar
    return filled


def _ends(curve: Curve) -> str:
    if not curve.values:
        return "…"
    first, last = (
        "×" if value is None else written(value) for value in (curve.values[0], curve.values[-1])
    )
    return f"{first} … {last}"
