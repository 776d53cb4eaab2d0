"""What counts for whom, read from the tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from grader.gradebook.models import Attempt, Mark, Student
from grader.gradebook.policy import Grade, Policy, grade

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def grades_of(
    session: Session, policy: Policy, student: str | None = None, exercise: str | None = None
) -> list[tuple[Grade, list[Attempt]]]:
    """Return every grade with its attempts, by student and exercise; None stands for all."""
    given = {"student": student, "exercise": exercise}
    given = {field: value for field, value in given.items() if value is not None}
    attempts: dict[tuple[str, str], list[Attempt]] = {}
    query = select(Student).order_by(Student.id)
    students = session.scalars(query if student is None else query.filter_by(id=student))
    people = [(one.id, one.name) for one in students]
    for one in session.scalars(select(Attempt).filter_by(**given).order_by(Attempt.id)):
        attempts.setdefault((one.student, one.exercise), []).append(one)
    last = session.scalars(select(Mark).filter_by(**given).order_by(Mark.id))
    marks = {(mark.student, mark.exercise): mark for mark in last}
    maxima = _maxima(session)
    result = []
    for person in people:
        for name in sorted(maxima) if exercise is None else [exercise]:
            key = person[0], name
            own, maximum = attempts.get(key, []), maxima.get(name, Decimal(0))
            result.append((grade(person, name, own, marks.get(key), policy, maximum), own))
    return result


def _maxima(session: Session) -> dict[str, Decimal]:
    """Return the exercises of a gradebook and what they are worth today."""
    maxima: dict[str, Decimal] = {}
    for table in (Mark, Attempt):
        newest = select(func.max(table.id)).group_by(table.exercise)
        rows = session.execute(select(table.exercise, table.maximum).where(table.id.in_(newest)))
        maxima.update((exercise, maximum) for exercise, maximum in rows)
    return maxima
