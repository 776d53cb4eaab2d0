"""``grades.csv``: a line for each student, exercise and attempt. docs/teacher.md lists the columns.

The titles and the words ``yes`` and ``no`` are the same in every language: programs read them.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.models import Counted
from grader.batch.outputs.csv_file import write_table
from grader.batch.outputs.final_rows import number, validated_rows
from grader.gradebook.unreachable_points import START, Unreachable, entered_of, rounded
from grader.report.csv_escape import escape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import GradeRow

COLUMNS = (
    *("student_id", "name", "exercise", "status", "points", "maximum", "reachable", "entered"),
    *("late", "attempt", "submitted_at", "graded_at", "report"),
)
# Further columns where the class has rules.
RULES_COLUMNS = ("counts", "days_late", "penalty", "after_rules", "team", "handed_in_by")
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
    kept = validated_rows(rows)
    open_ = _UNDECIDED.difference(zero)
    lines = [_line(row, open_, unreachable) for row in kept]
    columns: tuple[str, ...] = COLUMNS
    if any(row.ruled is not None for row in kept):
        columns += RULES_COLUMNS
        lines = [[*line, *_rules(row)] for line, row in zip(lines, kept, strict=True)]
    write_table([columns, *lines], path, bom=bom)


def _line(row: GradeRow, undecided: frozenset[str], unreachable: Unreachable) -> list[str]:
    reached = None if row.status in undecided else row.reached
    return [
        escape_formula(row.student),
        escape_formula(row.name),
        escape_formula(row.exercise),
        row.status,
        "" if reached is None else number(reached),
        number(row.maximum),
        number(row.in_reach),
        _entered(row, undecided, unreachable),
        _LATE[row.late],
        str(row.attempt),
        escape_formula(row.submitted_at or ""),
        escape_formula(row.graded_at or ""),
        escape_formula(row.report or ""),
    ]


def _entered(row: GradeRow, undecided: frozenset[str], unreachable: Unreachable) -> str:
    """Return the number that is entered: under rules only in the row that has the grade."""
    counted = None if row.ruled is None else row.ruled.counted
    if row.ruled is not None and counted is None:
        return ""
    shown = counted or Counted("", row.status, row.reached, row.maximum, row.in_reach)
    after = None if shown.status in undecided else row.after
    entered = entered_of(shown.status, after, shown.reachable, shown.maximum, unreachable)
    return "" if entered is None else number(entered)


def _rules(row: GradeRow) -> list[str]:
    """Return the further cells: of the attempt that counts, else of the row's own."""
    if row.ruled is None:
        return [""] * len(RULES_COLUMNS)
    counted = row.ruled.counted
    ruled = row.ruled.own if counted is None else row.ruled.shown
    by = "" if counted is None or counted.student in {"", row.student} else counted.student
    days, taken, after = "", "", ""
    if ruled is not None:
        days = "" if ruled.undated else str(ruled.days)
        taken = number(ruled.taken)
        after = "" if ruled.after is None else number(rounded(Fraction(ruled.after)))
    stands = "no" if counted is None else "yes"
    return [stands, days, taken, after, escape_formula(row.ruled.team), escape_formula(by)]
