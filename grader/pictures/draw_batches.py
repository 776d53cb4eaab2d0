"""Mini-batches as grids: the submission's above that of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.pictures.cell_grid import Grid
from grader.pictures.scene import SMALL, Mark, Scene, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.languages import Translator
    from grader.pictures.batches import Batch, Batches
    from grader.pictures.cell_grid import Filled
    from grader.pictures.scene import Tone

# Lengths in inches.
MARGIN, BETWEEN, LINE = 0.4, 0.25, 0.26


def strip(batches: Batches, t: Translator) -> Scene:
    """Return the scene of mini-batches."""
    marks: list[Mark] = []
    y, width = 0.0, 0.0
    for title, of, marked in (
        (t("your result"), batches.got, True),
        (t("reference"), batches.right, False),
    ):
        if not of:
            continue
        grid = _grid(title, batches, of, t, marked=marked)
        marks += grid.marks(MARGIN, y)
        y, width = y + grid.height + BETWEEN, max(width, grid.width)
    legend = batches.legend(t)
    odd = len(batches.oddities(t))
    for number, text in enumerate(legend):
        tone: Tone = "wrong" if number < odd else "soft"
        marks.append(Text(MARGIN, y + LINE / 2, text, SMALL, tone, "left"))
        y += LINE
    width = max(width, *(text_width(text, SMALL) for text in ("", *legend)))
    return Scene(width + 2 * MARGIN, y + 0.1, tuple(marks))


def _grid(
    title: str, batches: Batches, of: Sequence[Batch], t: Translator, *, marked: bool
) -> Grid:
    rows = [t("batch {{n}}", n=number) for number, _ in enumerate(of, 1)]
    cells = [[_cell(batch.held(sample)) for sample in range(batches.drawn)] for batch in of]
    if marked and batches.whole:
        rows.append(t("times"))
        cells.append([_times(times) for times in batches.times(of)])
    columns = [str(sample) for sample in range(batches.drawn)]
    return Grid(title, rows, columns, cells, t("sample"))


def _cell(text: str) -> Filled:
    if text == ".":
        return "", "blank", "ink"
    return text, "over2" if text.isdigit() else "taken", "ink"


def _times(times: int) -> Filled:
    return str(times), "blank" if times == 1 else "over2", "soft" if times == 1 else "wrong"
