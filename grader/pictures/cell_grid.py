"""A grid of cells with numbered rows and columns, for the drawings that use one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.pictures.scene import SMALL, TEXT, Cell, Mark, Text, stack, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.pictures.scene import Shade, Tone

# Lengths in inches.
ROW, LEAST = 0.36, 0.36
"""Height of a row; least width of a column."""
HEAD, LINE, PADDING, GAP = 0.3, 0.17, 0.16, 0.12

Filled = tuple[str, "Shade", "Tone"]
"""The text of a cell, its background and its tone."""


class Grid:
    """Cells below a title, with a label for each row and each column."""

    def __init__(
        self,
        title: str,
        rows: Sequence[str],
        columns: Sequence[str],
        cells: Sequence[Sequence[Filled]],
        corner: str = "",
        lines: int = 1,
    ) -> None:
        self.title, self.rows, self.columns, self.cells = title, rows, columns, cells
        self.corner = corner
        filled = [line for row in cells for text, *_ in row for line in text.split("\n")]
        texts = (*columns, *filled)
        self._column = max([LEAST, *(text_width(text, SMALL) + PADDING for text in texts)])
        self._label = max(text_width(text, SMALL) for text in (corner, *rows))
        self._row = ROW + LINE * (lines - 1)

    @property
    def width(self) -> float:
        """The width, in inches."""
        return max(self._start + self._column * len(self.columns), text_width(self.title))

    @property
    def height(self) -> float:
        """The height, in inches."""
        return 2 * HEAD + self._row * len(self.rows)

    @property
    def _start(self) -> float:
        return self._label + GAP if self.rows else 0.0

    def marks(self, left: float, top: float) -> Iterator[Mark]:
        """Yield the grid with its top left corner at a position."""
        yield Text(left, top + HEAD / 2, self.title, TEXT, align="left", bold=True)
        start, first = left + self._start, top + 2 * HEAD
        yield Text(start - GAP, top + 1.5 * HEAD, self.corner, SMALL, "soft", "right")
        for number, text in enumerate(self.columns):
            x = start + self._column * (number + 0.5)
            yield Text(x, top + 1.5 * HEAD, text, SMALL, "soft")
        for number, (text, row) in enumerate(zip(self.rows, self.cells, strict=True)):
            y = first + self._row * number
            yield Text(start - GAP, y + self._row / 2, text, SMALL, "soft", "right")
            for place, (inside, shade, tone) in enumerate(row):
                x = start + self._column * place
                yield Cell(x, y, self._column, self._row, shade)
                parts = inside.split("\n")
                for line, down in zip(parts, stack(len(parts), LINE, self._row / 2), strict=True):
                    yield Text(x + self._column / 2, y + down, line, SMALL, tone)


def in_columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return rows of texts as right-aligned lines; the first row is left out if it does not fit.

    Wider lines are cut.
    """
    for kept, gap in ((rows, "  "), (rows, " "), (rows[1:], " ")):
        widths = [max(map(len, column)) for column in zip(*kept, strict=True)]
        lines = [
            gap.join(text.rjust(room) for text, room in zip(row, widths, strict=True))
            for row in kept
        ]
        if all(len(line) <= width for line in lines):
            break
    return [line[:width] for line in lines]
