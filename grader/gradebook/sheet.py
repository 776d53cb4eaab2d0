"""Grades as CSV that is safe in any spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.gradebook.unreachable_points import rounded
from grader.report.csv_escape import escape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from grader.gradebook.policy import Grade

# The columns of a batch's grades.csv, and those of a gradebook only.
COLUMNS = (
    "student_id",
    "name",
    "exercise",
    "status",
    "points",
    "maximum",
    "reachable",
    "entered",
    "late",
    "attempt",
    "submitted_at",
    "graded_at",
    "report",
    "attempts",
    "mark_reason",
    "mark_by",
)
# Further columns where the class has rules.
RULES_COLUMNS = ("days_late", "penalty", "after_rules", "team", "handed_in_by")
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")


def sheet(grades: Iterable[Grade], *, bom: bool = False) -> bytes:
    """Return grades as CSV in UTF-8, one row each; ``bom``: with a byte order mark, for Excel."""
    rows = list(grades)
    if any(grade.decision is not None for grade in rows):
        ruled = [[*_row(grade), *_rules(grade)] for grade in rows]
        return as_csv((*COLUMNS, *RULES_COLUMNS), ruled, bom=bom)
    return as_csv(COLUMNS, map(_row, rows), bom=bom)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = False) -> bytes:
    """Return safe cells as CSV; characters that UTF-8 cannot encode become ``�``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [escape_formula(_UNPRINTABLE.sub("\ufffd", cell)) for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def number(points: Decimal | None) -> str:
    """Return points in machine-readable form, empty if there are none."""
    return "" if points is None else f"{points.normalize():f}"


def _row(grade: Grade) -> list[str]:
    attempt, mark = grade.attempt, grade.mark
    late = None if attempt is None else attempt.late
    return [
        grade.student,
        grade.name,
        grade.exercise,
        grade.status,
        number(grade.points),
        number(grade.maximum),
        number(grade.in_reach),
        number(grade.entered),
        {None: "", True: "yes", False: "no"}[late],
        "" if attempt is None else str(attempt.attempt),
        (attempt and attempt.submitted_at) or "",
        (attempt and attempt.graded_at) or "",
        (attempt and attempt.report_path) or "",
        str(grade.attempts),
        mark.reason if mark else "",
        mark.who if mark else "",
    ]


def _rules(grade: Grade) -> list[str]:
    decision = grade.decision
    team = "" if decision is None else decision.team.name
    counts = None if decision is None or grade.mark is not None else decision.counts
    by = "" if grade.attempt is None else grade.attempt.student
    return [
        "" if counts is None or counts.undated else str(counts.days),
        "" if counts is None else number(counts.taken),
        "" if grade.after is None else number(rounded(Fraction(grade.after))),
        team,
        "" if by == grade.student else by,
    ]
