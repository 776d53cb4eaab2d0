"""Statistics of the exercises of a batch: mean, full marks, zeros."""

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
    """The statistics of an exercise, over the last judged attempt of each student.

    ``reachable``: the number of points that these students could reach; others may have another.
    """

    exercise: str
    reachable: Decimal
    maximum: Decimal
    reached: tuple[Decimal, ...]

    @property
    def students(self) -> int:
        """The number of judged students."""
        return len(self.reached)

    @property
    def mean(self) -> Decimal:
        """Their mean, rounded to two decimals."""
        return (sum(self.reached, Decimal(0)) / self.students).quantize(Decimal("0.01"))

    @property
    def full(self) -> int:
        """The number of students with all reachable points."""
        return sum(points >= self.reachable for points in self.reached)

    @property
    def zeros(self) -> int:
        """The number of students without points."""
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
    """Return the statistics of each exercise with a judged student.

    Points out of different numbers have no common mean: attempts that could reach more are
    separate.
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
