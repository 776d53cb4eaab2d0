"""The file for a learning system: impossible ones are refused before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.lms.export import Export, ExportTask
from grader.batch.lms.registry import export_of, feedback_of
from grader.course.languages import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.batch.lms.feedback_archive import FeedbackArchive
    from grader.batch.models import GradeRow, MatchedFile
    from grader.batch.outputs.final_rows import ExportResult
    from grader.batch.outputs.rules import Rules, Worth
    from grader.gradebook.policy import Grade
    from grader.gradebook.unreachable_points import Unreachable


@dataclass(frozen=True)
class PreparedExport:
    """The output for the requested learning system; without one nothing is written."""

    rules: Rules
    export: Export | None = None
    archive: FeedbackArchive | None = None

    def with_unreachable(self, unreachable: Unreachable) -> PreparedExport:
        """Return it with another choice of how points are entered if others are out of reach."""
        rules = replace(self.rules, unreachable=unreachable)
        if self.export is not None:
            self.export.rules = rules
        return replace(self, rules=rules)

    def take_feedback(self, comments: Mapping[str, str], pages: Mapping[str, str]) -> None:
        """Let comments, as HTML, and pages, as paths, go along, by the ids of students."""
        if self.export is not None:
            self.export.comments_by_student = comments
            self.export.pages_by_student = pages

    def dated(self, rows: Sequence[GradeRow]) -> list[GradeRow]:
        """Return the rows with what the template alone tells: who was late."""
        late = {} if self.export is None else self.export.lateness(rows)
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
        return None if self.export is None else self.export.write(rows, grades, out)


def prepare(
    system: str | None,
    template: Path | None,
    titles: Mapping[str, str],
    rules: Rules,
    worths: Mapping[str, Worth],
    handed: Iterable[MatchedFile],
    *,
    listed: bool,
    lang: str = SOURCE,
) -> PreparedExport:
    """Return the writer of a learning system's file, with its template read.

    ``worths``: the exercises of the batch. ``handed``: the files to be judged. ``listed``: there is
    a roster. ``lang``: of feedback that several students get together.

    Raises:
        BatchError: the template cannot be filled in with these grades, or has no line for any
            student who handed something in.

    """
    if system is None:
        return PreparedExport(rules)
    known = list(handed)
    owners = {one.student: one.owner for one in known if one.owner is not None}
    task = ExportTask(worths, template, titles, listed, owners)
    export = export_of(system)(task, rules)
    export.refuse_strangers({one.student: one.name for one in known})
    archive = feedback_of(system) if rules.feedback else None
    return PreparedExport(rules, export, None if archive is None else archive(task, lang))
