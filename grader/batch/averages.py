"""How the exercises of a batch came out: mean, full marks, zeros."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.batch.outputs.final_rows import latest_attempts
from grader.batch.outputs.rules import JUDGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.batch.models import GradeRow


@dataclass(frozen=True)
class Points:
    """How an exercise came out: of the last attempt of each student that was judged.

    ``reachable``: how many points these students could reach; others may have others.
    """

    exercise: str
    reachable: Decimal
    maximum: Decimal
    reached: tuple[Decimal, ...]

    @property
    def students(self) -> int:
        """How many were judged."""
        return len(self.reached)

    @property
    def mean(self) -> Decimal:
        """Their mean, rounded to two decimals."""
        return (sum(self.reached, Decimal(0)) / self.students).quantize(Decimal("0.01"))

    @property
    def full(self) -> int:
        """How many reached all that can be reached."""
        return sum(points >= self.reachable for points in self.reached)

    @property
    def zeros(self) -> int:
        """How many reached nothing."""
        return sum(points == 0 for points in self.reached)

    def data(self) -> dict[str, object]:
        """Return it for programs."""
        numbers = {"mean": self.mean, "reachable": self.reachable, "maximum": self.maximum}
        counts = {"students": self.students, "full": self.full, "zeros": self.zeros}
        return {
            "exercise": self.exercise,
            **counts,
            **{name: float(value) for name, value in numbers.items()},
        }


def points_of(rows: Sequence[GradeRow]) -> list[Points]:
    """Return how each exercise came out, where somebody was judged.

    Points that are out of different numbers have no mean: what could reach more stands apart.
    """
    judged: dict[tuple[str, Decimal, Decimal], list[Decimal]] = defaultdict(list)
    for row in latest_attempts(rows):
        if row.status in JUDGED and row.reached is not None:
            judged[row.exercise, row.in_reach, row.maximum].append(row.reached)
    together: dict[str, list[Points]] = defaultdict(list)
    for (exercise, reachable, maximum), reached in judged.items():
        together[exercise].append(Points(exercise, reachable, maximum, tuple(reached)))
    return [
        points
        for own in together.values()
        for points in sorted(own, key=lambda one: (-one.reachable, -one.maximum))
    ]
