"""What a class has come to: for each student and exercise the attempt that counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.report.models import Report

DECIDED = frozenset({"graded", "incomplete", "marked"})
FOR_TEACHERS = ("ungraded", "needs_review", "unreadable")


@dataclass(frozen=True)
class Answer:
    """The attempt of a student that counts for an exercise.

    ``points``: as judged; ``after``: after the rules of the class. ``days``: days of delay.
    ``report``: the teacher's, in the language of the page; None without one.
    """

    student: str
    name: str
    exercise: str
    status: str
    points: Decimal | None
    after: Decimal | None
    maximum: Decimal
    reachable: Decimal
    days: int = 0
    report: Report | None = None

    @property
    def share(self) -> Decimal | None:
        """The share of the points in reach; None where nothing was decided."""
        if self.status not in DECIDED or self.points is None or not self.reachable:
            return None
        return self.points / self.reachable
