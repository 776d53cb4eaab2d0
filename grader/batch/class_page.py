"""The attempts that count in a batch, with their reports, for the class page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from grader.batch.outputs.final_rows import latest_attempts
from grader.classpage.answers import Answer
from grader.report.localise import localise
from grader.report.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.batch.models import GradeRow
    from grader.course.loading import Course
    from grader.gradebook.policy import Grade


def answers(
    rows: Iterable[GradeRow], grades: Iterable[Grade], folder: Path, course: Course, lang: str
) -> Iterator[Answer]:
    """Yield the attempts that count, with the reports in a folder, in a language.

    ``grades``: those of the gradebook, if there is one. A report that cannot be read is left out.
    """
    for row in latest_attempts(rows, grades):
        shown = None if row.ruled is None else row.ruled.shown
        yield Answer(
            student=row.student,
            name=row.name,
            exercise=row.exercise,
            status=row.status,
            points=row.reached,
            after=row.after,
            maximum=row.maximum,
            reachable=row.in_reach,
            days=0 if shown is None else shown.days,
            report=_report(row, folder, course, lang),
        )


def _report(row: GradeRow, folder: Path, course: Course, lang: str) -> Report | None:
    if row.report is None:
        return None
    try:
        text = (folder / row.report).read_text(encoding="utf-8")
        return localise(Report.model_validate_json(text), course, lang)
    except (OSError, ValueError, ValidationError):
        return None
