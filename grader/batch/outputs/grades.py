"""``grades.csv``: a line for each student, exercise and attempt. docs/teacher.md tells the columns.

The titles and the words ``yes`` and ``no`` are the same in every language: programs read them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.outputs.files import write_table
from grader.batch.outputs.points import checked, number
from grader.report.cells import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Row

COLUMNS = (
    *("student_id", "name", "exercise", "status", "points", "maximum"),
    *("late", "attempt", "submitted_at", "graded_at", "report"),
)
_LATE = {None: "", True: "yes", False: "no"}


def write_grades(rows: Iterable[Row], path: Path, bom: bool = False) -> None:
    """Write all rows; with ``bom``, as Excel likes UTF-8.

    Raises:
        BatchProblem: points cannot be right, or the file cannot be written.

    """
    lines = [_line(row) for row in checked(rows)]
    write_table([COLUMNS, *lines], path, bom=bom)


def _line(row: Row) -> list[str]:
    return [
        safe(row.student),
        safe(row.name),
        safe(row.exercise),
        row.status,
        "" if row.reached is None else number(row.reached),
        number(row.maximum),
        _LATE[row.late],
        str(row.attempt),
        safe(row.submitted_at or ""),
        safe(row.graded_at or ""),
        safe(row.report or ""),
    ]
