"""Where two matrices differ: a sign and a level for each entry, or for each block of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from grader.pictures.cell_grid import in_columns
from grader.pictures.differences import ODD, Level, in_words, sign
from grader.pictures.kind import Drawing, Length, Part, Short
from grader.pictures.network import DIMENSIONS

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

MOST_ROWS, MOST_COLUMNS = 12, 16
"""Rows and columns that are drawn: each cell of a larger matrix is a block, with its largest
difference."""
WRITTEN_ROWS, WRITTEN_COLUMNS = 6, 6
"""Up to so many rows and columns the numbers are drawn as well."""
Written = Annotated[tuple[Short, ...], Field(max_length=WRITTEN_COLUMNS)]


class Row(Part):
    """A row of the heat map."""

    levels: tuple[Level, ...] = Field(
        max_length=MOST_COLUMNS,
        description="0 where it is right, else how far too large, or, below 0, too small: 1 to 3; "
        "9 where there is no number",
    )
    got: Written = Field((), description="the entries of a small matrix")
    right: Written = Field((), description="the right entries of a small matrix")


class HeatMap(Drawing):
    """A matrix of a submission beside the right one, and where they differ."""

    kind: Literal["heat_map"] = Field("heat_map", description="the form of the drawing")
    name: Short = Field("", description="of the matrix, for instance W1")
    shape: tuple[Length, ...] | None = Field(
        None, max_length=DIMENSIONS, description="of the submission's; none where it is no array"
    )
    type: Short = Field("", description="what stands in its place: the name of a type")
    right_shape: tuple[Length, ...] = Field(max_length=DIMENSIONS, description="of the right one")
    rows: tuple[Row, ...] = Field(
        (), max_length=MOST_ROWS, description="none where the shapes differ"
    )
    block_rows: Length = Field(1, description="rows for which a cell stands")
    block_columns: Length = Field(1, description="columns for which a cell stands")
    wrong: int = Field(0, ge=0, description="entries that differ")
    entries: int = Field(0, ge=0, description="entries that there are")

    @property
    def misfits(self) -> bool:
        """Whether any entry differs."""
        return self.wrong > 0 or self.shape != self.right_shape

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return the summary, and a sign with a level for each cell."""
        if not self.rows:
            return [self.summary(t)[:width]]
        table = [["", *self.labels(1)]]
        table += [
            [label, *map(sign, row.levels)]
            for label, row in zip(self.labels(0), self.rows, strict=True)
        ]
        return [self.summary(t)[:width], *in_columns(table, width), *self.legend(t)]

    def labels(self, axis: int) -> list[str]:
        """Return the numbers of the rows (0) or columns (1), of a block the first one."""
        if axis == 0:
            return [str(number * self.block_rows) for number, _ in enumerate(self.rows)]
        return [str(number * self.block_columns) for number, _ in enumerate(self.rows[0].levels)]

    def legend(self, t: Translator) -> list[str]:
        """Return the meaning of the signs that are used."""
        levels = {level for row in self.rows for level in row.levels}
        lines = []
        if levels - {0, ODD}:
            lines.append(t("+ too large, - too small"))
            lines.append(t("1, 2, 3: by up to 1 %, up to 10 %, or more of the largest right entry"))
        if ODD in levels:
            lines.append(t("× no finite number"))
        if self.block_rows * self.block_columns > 1:
            lines.append(
                t(
                    "Each cell stands for {{rows}} × {{columns}} entries, by the worst of them.",
                    rows=self.block_rows,
                    columns=self.block_columns,
                )
            )
        return lines

    def sentences(self, t: Translator) -> list[str]:
        """Return how many entries differ, and which ones in each row."""
        told = [self.summary(t)]
        columns = self.labels(1) if self.rows else []
        for label, row in zip(self.labels(0), self.rows, strict=True):
            wrong = [
                f"{column} ({in_words(level, t)})"
                for column, level in zip(columns, row.levels, strict=True)
                if level
            ]
            if wrong:
                args = {"row": label, "columns": ", ".join(wrong)}
                told.append(t("Row {{row}}: wrong in columns {{columns}}.", **args))
        return told

    def scene(self, t: Translator) -> Scene:
        """Return the cells, for a small matrix with the right one beside them."""
        from grader.pictures.draw_heat_map import cells  # noqa: PLC0415 - text needs none

        return cells(self, t)

    def summary(self, t: Translator) -> str:
        """Return a sentence about the differences."""
        args = {"name": self.name or t("The result"), "right": str(self.right_shape)}
        if self.shape is None:
            if not self.type:
                return t("There is no array {{name}}.", **args)
            return t("{{name}} is no array of numbers, but {{type}}.", type=self.type, **args)
        if self.shape != self.right_shape:
            args["shape"] = str(self.shape)
            return t("{{name}} has the shape {{shape}} instead of {{right}}.", **args)
        args |= {"shape": str(self.shape), "wrong": str(self.wrong), "all": str(self.entries)}
        return t("{{name}}, shape {{shape}}: wrong entries: {{wrong}} of {{all}}.", **args)
