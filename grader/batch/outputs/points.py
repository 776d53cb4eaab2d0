"""Points on their way out: proved sane, one attempt chosen, written as all systems read them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.batch.problems import BatchProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Row
    from grader.gradebook.policy import Grade


@dataclass
class Written:
    """What became of the grades: how many stand in the file, and whose do not.

    ``left_open``: students without a grade, whose cell stays as it is. ``strangers``: students
    with a grade who are not in the template.
    """

    grades: int = 0
    left_open: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def checked(rows: Iterable[Row]) -> list[Row]:
    """Return the rows. Raises BatchProblem for points that cannot be."""
    result = list(rows)
    for row in result:
        reached = Decimal(0) if row.reached is None else row.reached
        finite = reached.is_finite() and row.maximum.is_finite()
        if not finite or not 0 <= reached <= row.maximum:
            raise BatchProblem(
                "batch.points",
                points=str(reached),
                maximum=str(row.maximum),
                student=row.student,
                exercise=row.exercise,
            )
    return result


def chosen(rows: Iterable[Row], grades: Iterable[Grade] | None = None) -> list[Row]:
    """Return one row for each student and exercise: that of the latest attempt.

    With the ``grades`` of a gradebook, its policy decides on all attempts that it knows, and the
    teacher's own marks stand above them.
    """
    known = _by_key(grades or ())
    kept: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row.student, row.exercise
        if key not in kept or row.attempt > kept[key].attempt:
            kept[key] = row
    return [_as(row, known.get(key)) for key, row in kept.items()]


def marked(rows: Iterable[Row], grades: Iterable[Grade]) -> list[Row]:
    """Return all rows; on what was handed in, the teacher's own marks take the place of points."""
    known = _by_key(grade for grade in grades if grade.mark is not None)
    return [
        row if row.status == "missing" else _as(row, known.get((row.student, row.exercise)))
        for row in rows
    ]


def _by_key(grades: Iterable[Grade]) -> dict[tuple[str, str], Grade]:
    return {(grade.student, grade.exercise): grade for grade in grades}


def _as(row: Row, grade: Grade | None) -> Row:
    if grade is None:
        return row
    return replace(row, status=grade.status, reached=grade.points, maximum=grade.maximum)


def number(points: Decimal) -> str:
    """Return points with a decimal point and no more digits than they need: 7.5, 10."""
    return f"{points.normalize():f}"
