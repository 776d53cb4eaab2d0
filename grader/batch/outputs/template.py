"""A table that the teacher took from a learning system, to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.models import Student
from grader.batch.names import printable, same_name
from grader.batch.problems import BatchProblem
from grader.batch.roster import Ambiguous, Roster, identify
from grader.batch.tables import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Row


class Template:
    """The table: its lines, found by the student."""

    def __init__(self, path: Path) -> None:
        """Read the table. Raises BatchProblem."""
        self.table: Table = read_table(path)
        width = len(self.table.header)
        self.lines = [[*row, *[""] * (width - len(row))][:width] for _, row in self.table.rows]
        self._roster = Roster([])
        self._taken: dict[int, str] = {}
        for index, line in enumerate(self.lines):
            ids, name = identify(self.table.header, line)
            # The id is the line's place, written as no student's id can be.
            self._roster.know(Student(f"\0{index}", name), filter(None, ids))

    def column(self, titles: Iterable[str]) -> int | None:
        """Return the place of the column that has one of the titles."""
        wanted = {same_name(title) for title in titles}
        found = [
            place for place, title in enumerate(self.table.header) if same_name(title) in wanted
        ]
        return found[0] if found else None

    def required(self, titles: Iterable[str], called: str) -> int:
        """Return the place of a column. Raises BatchProblem: there is none."""
        place = self.column(titles)
        if place is None:
            columns = ", ".join(map(printable, self.table.header))
            raise BatchProblem(
                "batch.template_columns", file=self.table.file, missing=called, columns=columns
            )
        return place

    def line_of(self, row: Row) -> int | None:
        """Return the place of a student's line, by id, else by exactly the name; None: no line.

        Raises:
            BatchProblem: several lines fit, or the line is another student's as well.

        """
        problem = BatchProblem(
            "batch.template_students", file=self.table.file, student=row.name or row.student
        )
        try:
            found = self._roster.find((row.student,), row.name)
        except Ambiguous:
            raise problem from None
        if found is None:
            return None
        place = int(found.id[1:])
        if self._taken.setdefault(place, row.student) != row.student:
            raise problem
        return place
