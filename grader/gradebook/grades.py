"""The grades that count, read from the tables."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from grader.gradebook.class_rules import AttemptRules
from grader.gradebook.models import Attempt, GradeOverride, Student
from grader.gradebook.people import People
from grader.gradebook.policy import Grade, Policy, compute_grade
from grader.gradebook.unreachable_points import START, Unreachable

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from grader.classroom.students import StudentsRules

_Place = tuple[str, str]  # a student and an exercise


def grades_of(
    session: Session,
    policy: Policy,
    student: str | None = None,
    exercise: str | None = None,
    unreachable: Unreachable = START,
    rules: StudentsRules | None = None,
) -> list[tuple[Grade, list[Attempt]]]:
    """Return every grade with its attempts, by student and exercise; None selects all.

    ``rules``: those of the class, if it has some.
    """
    people = People(session)
    attempts: dict[_Place, list[Attempt]] = {}
    query = select(Attempt).where(Attempt.removal.is_(None)).order_by(Attempt.id)
    if student is not None and rules is None:  # else those of a whole team
        query = query.where(Attempt.student.in_(people.ids(student)))
    if exercise is not None:
        query = query.filter_by(exercise=exercise)
    for one in session.scalars(query):
        attempts.setdefault((people.whose(one.student), one.exercise), []).append(one)
    marks = _last_marks(session, people)
    maxima = _maxima(session, marks)
    ruling = None if rules is None else AttemptRules(rules, policy, unreachable)
    result = []
    for person in _listed(session, student):
        for name in sorted(maxima) if exercise is None else [exercise]:
            key = person[0], name
            own, mark = attempts.get(key, []), marks.get(key)
            maximum = maxima.get(name, Decimal(0) if mark is None else mark.maximum)
            ruled = None
            if ruling is not None:
                ruled = ruling.decision(name, person[0], partial(_of, attempts, name))
            counts = compute_grade(person, name, own, mark, policy, maximum, unreachable, ruled)
            result.append((counts, own))
    return result


def _of(attempts: dict[_Place, list[Attempt]], exercise: str, student: str) -> list[Attempt]:
    return attempts.get((student, exercise), [])


def _listed(session: Session, student: str | None) -> list[tuple[str, str]]:
    """Return id and name of all students that count, or of the requested one."""
    query = select(Student).order_by(Student.id)
    if student is None:
        query = query.where(Student.removal.is_(None), Student.merged_into.is_(None))
    else:
        query = query.filter_by(id=student)
    return [(one.id, one.name) for one in session.scalars(query)]


def _last_marks(session: Session, people: People) -> dict[_Place, GradeOverride]:
    query = select(GradeOverride).where(GradeOverride.removal.is_(None)).order_by(GradeOverride.id)
    return {(people.whose(mark.student), mark.exercise): mark for mark in session.scalars(query)}


def _maxima(session: Session, marks: dict[_Place, GradeOverride]) -> dict[str, Decimal]:
    """Return the exercises of a gradebook and their current maxima.

    A mark that was withdrawn leaves no exercise behind.
    """
    standing = sorted(
        (mark for mark in marks.values() if mark.points is not None), key=lambda mark: mark.id
    )
    maxima = {mark.exercise: mark.maximum for mark in standing}
    kept = Attempt.removal.is_(None)
    newest = select(func.max(Attempt.id)).where(kept).group_by(Attempt.exercise)
    rows = session.execute(select(Attempt.exercise, Attempt.maximum).where(Attempt.id.in_(newest)))
    maxima.update((name, maximum) for name, maximum in rows)
    return maxima
