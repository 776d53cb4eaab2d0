"""A heat map as a grid of cells; a small one shows its numbers beside the right ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from grader.pictures.cell_grid import Grid
from grader.pictures.differences import ODD, sign
from grader.pictures.scene import SMALL, Cell, Mark, Scene, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.pictures.cell_grid import Filled
    from grader.pictures.heat_map import HeatMap, Row
    from grader.pictures.scene import Shade, Tone

# Lengths in inches.
MARGIN, BETWEEN, LINE = 0.4, 0.7, 0.26
OUTLINE, LEAST = 1.5, 0.1
"""Longer side of the outline of an array, and the least side of any."""
_SHADES: dict[int, Shade] = {
    0: "blank",
    1: "over1",
    2: "over2",
    3: "over3",
    -1: "under1",
    -2: "under2",
    -3: "under3",
    ODD: "odd",
}


def cells(heat_map: HeatMap, t: Translator) -> Scene:
    """Return the scene of a heat map."""
    texts = [heat_map.summary(t), *heat_map.legend(t)]
    marks: list[Mark] = []
    x, top = MARGIN, 0.0
    for grid in _grids(heat_map, t):
        marks += grid.marks(x, 0.0)
        x, top = x + grid.width + BETWEEN, grid.height + LINE / 2
    if heat_map.shape is not None and not heat_map.rows:
        x, top = MARGIN, OUTLINE + 3 * LINE
        for title, shape in (
            (t("your result"), heat_map.shape),
            (t("reference"), heat_map.right_shape),
        ):
            marks += _outline(title, shape, x)
            x += max(OUTLINE, text_width(title)) + BETWEEN
    for number, text in enumerate(texts):
        tone: Tone = "wrong" if number == 0 and heat_map.misfits else "soft"
        marks.append(Text(MARGIN, top + LINE * (number + 0.5), text, SMALL, tone, "left"))
    width = max(x - BETWEEN, *(MARGIN + text_width(text, SMALL) for text in texts)) + MARGIN
    return Scene(width, top + LINE * len(texts) + 0.1, tuple(marks))


def _outline(title: str, shape: tuple[int, ...], x: float) -> Iterator[Mark]:
    """Yield the outline of an array, in the proportions of its shape."""
    rows, columns = math.prod(shape[:-1]), shape[-1] if shape else 1
    unit = OUTLINE / max(rows, columns, 1)
    width, height = (max(LEAST, unit * side) for side in (columns, rows))
    yield Text(x, LINE / 2, title, align="left", bold=True)
    yield Cell(x, 1.5 * LINE, width, height, "taken")
    yield Text(x, height + 2 * LINE, str(shape), SMALL, align="left")


def _grids(heat_map: HeatMap, t: Translator) -> list[Grid]:
    if not heat_map.rows:
        return []
    rows, columns = heat_map.labels(0), heat_map.labels(1)
    small = bool(heat_map.rows[0].right)
    lines = 2 if small and heat_map.wrong else 1
    title = f"{heat_map.name} · {t('your result')}" if heat_map.name else t("your result")
    grids = [Grid(title, rows, columns, [_filled(row) for row in heat_map.rows], lines=lines)]
    if small:
        right: list[list[Filled]] = [
            [(text, "blank", "ink") for text in row.right] for row in heat_map.rows
        ]
        grids.append(Grid(t("reference"), rows, columns, right, lines=lines))
    return grids


def _filled(row: Row) -> list[Filled]:
    written = row.got or ("",) * len(row.levels)
    return [
        (f"{text}\n{sign(level)}".strip() if level else text, _SHADES[level], "ink")
        for text, level in zip(written, row.levels, strict=True)
    ]
