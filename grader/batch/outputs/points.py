"""Points on their way out: proved sane, one attempt chosen, written as all systems read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from grader.batch.problems import BatchProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Row

Policy = Literal["latest", "best"]


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


def chosen(rows: Iterable[Row], policy: Policy = "latest") -> list[Row]:
    """Return one row for each student and exercise: of several attempts the latest or the best.

    The best of equals is the first. An attempt without a grade is never the best of several.
    """
    kept: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row.student, row.exercise
        if key not in kept or _better(row, kept[key], policy):
            kept[key] = row
    return list(kept.values())


def _better(row: Row, than: Row, policy: Policy) -> bool:
    if policy == "latest":
        return row.attempt > than.attempt
    return _worth(row) > _worth(than)


def _worth(row: Row) -> tuple[Decimal, int]:
    reached = Decimal(-1) if row.reached is None else row.reached
    return reached, -row.attempt


def number(points: Decimal) -> str:
    """Return points with a decimal point and no more digits than they need: 7.5, 10."""
    return f"{points.normalize():f}"
