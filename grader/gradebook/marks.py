"""A teacher's own marks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from grader.gradebook.errors import UnknownStudentError, WrongMarkError
from grader.gradebook.handin_order import now
from grader.gradebook.models import Attempt, GradeOverride, Student
from grader.gradebook.people import People
from grader.gradebook.policy import BONUS, is_valid_override

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def override_grade(
    session: Session,
    student: str,
    exercise: str,
    points: Decimal | None,
    reason: str,
    who: str,
    maximum: Decimal | None,
    *,
    bonus: bool,
) -> GradeOverride:
    """Store a mark: see `Store.mark`."""
    people = People(session)
    known = session.get(Student, people.whose(student))
    if known is None or known.removal is not None:
        raise UnknownStudentError(student)
    query = select(Attempt).where(
        Attempt.student.in_(people.ids(student)),
        Attempt.exercise == exercise,
        Attempt.removal.is_(None),
    )
    attempts = session.scalars(query.order_by(Attempt.id)).all()
    if attempts:
        maximum = attempts[-1].maximum
    maximum = Decimal(0) if maximum is None else maximum
    if not reason.strip() or not is_valid_override(points, maximum, bonus=bonus):
        most = maximum * BONUS if bonus else maximum
        above = not bonus and reason.strip() and is_valid_override(points, maximum, bonus=True)
        raise WrongMarkError(f"{most.normalize():f}", bonus=bool(above))
    mark = GradeOverride(
        student=known.id,
        exercise=exercise,
        points=points,
        maximum=maximum,
        reason=reason,
        who=who,
        marked_at=now(),
        after=max((attempt.seen for attempt in attempts), default=0),
    )
    session.add(mark)
    session.flush()
    return mark
