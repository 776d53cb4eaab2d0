"""Points for output: validated, one attempt chosen, written as all systems read them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Counted, GradeRow
    from grader.gradebook.policy import Grade


@dataclass(frozen=True)
class Kept:
    """A student whose cell stays unchanged, with a reason of KEPT, and the grades if they matter.

    ``old`` is the grade in the cell, ``new`` the one that would have been written.
    """

    student: str
    reason: str
    old: Decimal | None = None
    new: Decimal | None = None


@dataclass
class ExportResult:
    """The result of an export: how many grades the file contains, and whose it does not.

    ``changed`` counts those that differ from the old ones; None if these are unknown. ``undated``
    are students whose date in the template the system may not be able to read. ``system`` is the
    learning system. ``part``: exercises whose assignment expects only the points reachable here.
    """

    system: str = ""
    grades: int = 0
    changed: int | None = None
    kept: list[Kept] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    part: frozenset[str] = frozenset()

    def keep(self, reason: str, *students: str) -> None:
        """List students."""
        self.kept += [Kept(student, reason) for student in students]

    @property
    def left_open(self) -> list[str]:
        """Students whose cell stays unchanged."""
        return [kept.student for kept in self.kept if kept.reason != "stranger"]

    @property
    def strangers(self) -> list[str]:
        """Students with a grade who are not in the template."""
        return [kept.student for kept in self.kept if kept.reason == "stranger"]


def validated_rows(rows: Iterable[GradeRow]) -> list[GradeRow]:
    """Return the rows unchanged, if their points are valid.

    A teacher's own mark may be over the maximum.

    Raises:
        BatchError: they are not.

    """
    result = list(rows)
    for row in result:
        reached = Decimal(0) if row.reached is None else row.reached
        finite = reached.is_finite() and row.maximum.is_finite()
        allowed = reached if row.status == "marked" else row.maximum
        if not finite or not 0 <= reached <= allowed:
            raise BatchError(
                "batch.points",
                points=reached,
                maximum=row.maximum,
                student=row.student,
                exercise=row.exercise,
            )
    return result


def latest_attempts(
    rows: Iterable[GradeRow], grades: Iterable[Grade] | None = None
) -> list[GradeRow]:
    """Return one row for each student and exercise: that of the latest attempt.

    With the ``grades`` of a gradebook, its policy decides on all attempts that it contains, and the
    teacher's marks override them. Where the class has rules, they have decided.
    """
    known = _by_key(grades or ())
    kept: dict[tuple[str, str], GradeRow] = {}
    for row in rows:
        key = row.student, row.exercise
        if row.ruled is not None and row.ruled.counted is not None:
            kept[key] = _as_counted(row, row.ruled.counted)
        elif row.ruled is None and (key not in kept or row.attempt > kept[key].attempt):
            kept[key] = row
    return [_as(row, known.get(key)) for key, row in kept.items()]


def with_overrides(rows: Iterable[GradeRow], grades: Iterable[Grade]) -> list[GradeRow]:
    """Return all rows; for submissions, the teacher's marks replace the points."""
    known = _by_key(grade for grade in grades if grade.mark is not None)
    result = []
    for row in rows:
        grade = None if row.status == "missing" else known.get((row.student, row.exercise))
        result.append(row if grade is None else _as(replace(row, ruled=None), grade))
    return result


def _by_key(grades: Iterable[Grade]) -> dict[tuple[str, str], Grade]:
    return {(grade.student, grade.exercise): grade for grade in grades}


def _as_counted(row: GradeRow, counted: Counted) -> GradeRow:
    """Return a row with the student's grade, which may be that of another member's attempt."""
    return replace(
        row,
        status=counted.status,
        reached=counted.reached,
        maximum=counted.maximum,
        reachable=counted.reachable,
    )


def _as(row: GradeRow, grade: Grade | None) -> GradeRow:
    if grade is None or row.ruled is not None:
        return row
    return replace(
        row,
        status=grade.status,
        reached=grade.points,
        maximum=grade.maximum,
        reachable=grade.reachable,
    )


def number(points: Decimal) -> str:
    """Return points with a decimal point and without trailing zeros: 7.5, 10."""
    return f"{points.normalize():f}"
