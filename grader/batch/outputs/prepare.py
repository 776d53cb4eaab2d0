"""The file for a learning system: impossible ones are refused before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.outputs.canvas import Canvas, write_canvas
from grader.batch.outputs.final_rows import ExportResult, latest_attempts, with_overrides
from grader.batch.outputs.gradescope import write_gradescope
from grader.batch.outputs.moodle import Moodle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.batch.models import GradeRow, MatchedFile
    from grader.batch.outputs.rules import Rules, Worth
    from grader.gradebook.policy import Grade
    from grader.gradebook.unreachable import Unreachable


@dataclass(frozen=True)
class Prepared:
    """The output for the requested learning system; without one nothing is written."""

    system: str | None
    rules: Rules
    sheet: Moodle | Canvas | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def choosing(self, unreachable: Unreachable) -> Prepared:
        """Return it with another choice of how points are entered if others are out of reach."""
        rules = replace(self.rules, unreachable=unreachable)
        if self.sheet is not None:
            self.sheet.rules = rules
        return replace(self, rules=rules)

    def dated(self, rows: Sequence[GradeRow]) -> list[GradeRow]:
        """Return the rows with the lateness that only the template gives."""
        if not isinstance(self.sheet, Moodle):
            return list(rows)
        late = self.sheet.lateness(rows)
        return [
            replace(row, late=late[row.student])
            if row.late is None and row.status != "missing" and row.student in late
            else row
            for row in rows
        ]

    def write(
        self, rows: Iterable[GradeRow], grades: Iterable[Grade], out: Path
    ) -> ExportResult | None:
        """Write the file into a folder; ``grades``: those of the gradebook, if there is one.

        Raises:
            BatchError: points are invalid, or the file cannot be written.

        """
        if self.system is None:
            return None
        if self.system == "gradescope":
            return write_gradescope(
                with_overrides(rows, grades), out / "gradescope", out, self.rules
            )
        counting, path = latest_attempts(rows, grades), out / f"{self.system}.csv"
        if self.sheet is None:
            return write_canvas(counting, path, titles=self.titles, rules=self.rules)
        return self.sheet.write(counting, path)


def prepare(
    system: str | None,
    template: Path | None,
    titles: Mapping[str, str],
    rules: Rules,
    worths: Mapping[str, Worth],
    handed: Iterable[MatchedFile],
    *,
    listed: bool,
) -> Prepared:
    """Return the writer of a learning system's file, with its template read.

    ``worths``: the exercises of the batch. ``handed``: the files to be judged. ``listed``: there is
    a roster.

    Raises:
        BatchError: the template cannot be filled in with these grades, or has no line for any
            student who handed something in.

    """
    sheet: Moodle | Canvas | None = None
    if system == "moodle" and template is not None:
        sheet = Moodle(template, worths, rules, listed=listed)
    elif system == "canvas" and template is not None:
        sheet = Canvas(template, worths, titles, rules, listed=listed)
    if sheet is not None:
        sheet.refuse_strangers({one.student: one.name for one in handed})
    return Prepared(system, rules, sheet, titles)
