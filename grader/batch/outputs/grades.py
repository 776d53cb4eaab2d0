"""``grades.csv``: a line for each student, exercise and attempt. docs/teacher.md lists the columns.

The titles and the words ``yes`` and ``no`` are the same in every language: programs read them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.outputs.csv_file import write_table
from grader.batch.outputs.final_rows import number, validated_rows
from grader.gradebook.unreachable_points import START, Unreachable, entered_of
from grader.report.csv_escape import escape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import GradeRow

COLUMNS = (
    *("student_id", "name", "exercise", "status", "points", "maximum", "reachable", "entered"),
    *("late", "attempt", "submitted_at", "graded_at", "report"),
)
_UNDECIDED = frozenset({"missing", "unreadable"})  # no zero, unless the teacher decides so
_LATE = {None: "", True: "yes", False: "no"}


def write_grades(
    rows: Iterable[GradeRow],
    path: Path,
    bom: bool = False,
    zero: Iterable[str] = (),
    unreachable: Unreachable = START,
) -> None:
    """Write all rows; with ``bom``, as Excel expects UTF-8. ``zero``: statuses that count as zeros.

    ``unreachable``: how points are entered if others could not be reached.

    Raises:
        BatchError: points are invalid, or the file cannot be written.

    """
    open_ = _UNDECIDED.difference(zero)
    lines = [_line(row, open_, unreachable) for row in validated_rows(rows)]
    write_table([COLUMNS, *lines], path, bom=bom)


def _line(row: GradeRow, undecided: frozenset[str], unreachable: Unreachable) -> list[str]:
    reached = None if row.status in undecided else row.reached
    entered = entered_of(row.status, reached, row.in_reach, row.maximum, unreachable)
    return [
        escape_formula(row.student),
        escape_formula(row.name),
        escape_formula(row.exercise),
        row.status,
        "" if reached is None else number(reached),
        number(row.maximum),
        number(row.in_reach),
        "" if entered is None else number(entered),
        _LATE[row.late],
        str(row.attempt),
        escape_formula(row.submitted_at or ""),
        escape_formula(row.graded_at or ""),
        escape_formula(row.report or ""),
    ]
