"""Totals of students over all exercises, and the table with a row for each student."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from grader.gradebook.sheet import as_csv, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.gradebook.policy import Grade

_OPEN = frozenset({"ungraded", "needs_review"})


@dataclass(frozen=True)
class Total:
    """A student with all grades. ``undecided``: how many of them are not decided yet.

    ``points`` and ``after`` are sums of what there is: before and after the rules of the class.
    """

    student: str
    name: str
    grades: tuple[Grade, ...]

    @property
    def points(self) -> Decimal:
        """The sum of the points."""
        return sum((grade.points or Decimal(0) for grade in self.grades), Decimal(0))

    @property
    def after(self) -> Decimal:
        """The sum of the points after the rules of the class."""
        return sum((grade.after or Decimal(0) for grade in self.grades), Decimal(0))

    @property
    def maximum(self) -> Decimal:
        """The sum of the maxima."""
        return sum((grade.maximum for grade in self.grades), Decimal(0))

    @property
    def undecided(self) -> int:
        """How many grades wait for a review or could not be judged."""
        return sum(grade.status in _OPEN for grade in self.grades)


def totals(grades: Iterable[Grade]) -> Iterator[Total]:
    """Yield the totals of grades that are ordered by student."""
    for (student, name), own in groupby(grades, lambda grade: (grade.student, grade.name)):
        yield Total(student, name, tuple(own))


def exercises_of(grades: Iterable[Grade]) -> list[str]:
    """Return the exercises of grades, in order."""
    return sorted({grade.exercise for grade in grades})


def wide_sheet(grades: Sequence[Grade], *, ruled: bool, bom: bool = False) -> bytes:
    """Return a table as CSV: a row for each student, a column for each exercise, and the totals.

    ``ruled``: behind each column of points there is one of those after the rules of the class.
    """
    names = exercises_of(grades)
    columns = ["student_id", "name"]
    for name in (*names, "total"):
        columns += [name, f"{name}_after_rules"] if ruled else [name]
    rows = [_row(total, names, ruled=ruled) for total in totals(grades)]
    return as_csv([*columns, "maximum", "undecided"], rows, bom=bom)


def _row(total: Total, names: Sequence[str], *, ruled: bool) -> list[str]:
    known = {grade.exercise: grade for grade in total.grades}
    pairs: list[tuple[Decimal | None, Decimal | None]] = []
    for name in names:
        grade = known.get(name)
        pairs.append((None, None) if grade is None else (grade.points, grade.after))
    pairs.append((total.points, total.after))
    cells = [number(one) for pair in pairs for one in (pair if ruled else pair[:1])]
    return [total.student, total.name, *cells, number(total.maximum), str(total.undecided)]
