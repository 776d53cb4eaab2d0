"""A histogram as bars side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.pictures.scene import SMALL, Cell, Line, Mark, Scene, Text, text_width

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.histogram import Histogram

# Lengths in inches.
BAR, GAP, HEIGHT, MARGIN, ABOVE, LEADING = 0.42, 0.08, 1.5, 0.3, 0.26, 0.24


def bars(histogram: Histogram, t: Translator) -> Scene:
    """Return the scene of a histogram: each bar has its number above and its name below."""
    most = max((1, *histogram.counts))
    floor = ABOVE + HEIGHT
    marks: list[Mark] = []
    x = MARGIN
    for name, count in zip(histogram.named(t), histogram.counts, strict=True):
        height = HEIGHT * count / most
        middle = x + BAR / 2
        if count:
            marks.append(Cell(x, floor - height, BAR, height, "taken"))
            marks.append(Text(middle, floor - height - ABOVE / 2, str(count), SMALL))
        marks.append(Text(middle, floor + LEADING * 0.7, name, SMALL - 1, "soft"))
        x += BAR + GAP
    marks.append(Line(MARGIN, floor, x - GAP, floor, "ink"))
    axis = t("share of the points")
    marks.append(Text((MARGIN + x - GAP) / 2, floor + LEADING * 1.8, axis, SMALL, "soft"))
    width = max(x - GAP + MARGIN, text_width(axis, SMALL))
    return Scene(width, floor + 2.4 * LEADING, tuple(marks))
