"""Histories: all that is stored about a student, and the attempts of each batch."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from grader.gradebook.models import Attempt, GradeChange, GradeOverride, Removal, Student
from grader.gradebook.people import People
from grader.gradebook.policy import MISSING, Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class History:
    """All that the gradebook stores about a student, oldest first.

    ``removals`` are those of the student, and of the objects listed here.
    """

    student: Student
    attempts: Sequence[Attempt]
    marks: Sequence[GradeOverride]
    changes: Sequence[GradeChange]
    removals: Sequence[Removal] = ()


@dataclass(frozen=True)
class Batch:
    """The attempts that one batch brought first and that have not been removed."""

    number: int
    recorded_at: str
    attempts: int
    students: int
    exercises: tuple[str, ...]


def history_of(session: Session, student: Student) -> History:
    """Return all that is stored about a student under any id."""
    ids = People(session).ids(student.id)
    own = Attempt.student.in_(ids)
    attempts = session.scalars(select(Attempt).where(own).order_by(Attempt.seen, Attempt.id)).all()
    marks = session.scalars(
        select(GradeOverride).where(GradeOverride.student.in_(ids)).order_by(GradeOverride.id)
    ).all()
    changes = select(GradeChange).where(GradeChange.attempt.in_(select(Attempt.id).where(own)))
    removed = {one.removal for one in attempts} | {one.removal for one in marks}
    removals = select(Removal).where(
        or_(Removal.student.in_(ids), Removal.into.in_(ids), Removal.id.in_(removed - {None}))
    )
    return History(
        student,
        attempts,
        marks,
        session.scalars(changes.order_by(GradeChange.id)).all(),
        session.scalars(removals.order_by(Removal.id)).all(),
    )


def batches(session: Session) -> list[Batch]:
    """Return the attempts of each batch, oldest first."""
    query = (
        select(Attempt.batch, Attempt.exercise, Attempt.student, Attempt.recorded_at)
        .where(Attempt.removal.is_(None))
        .order_by(Attempt.batch, Attempt.exercise)
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for number, *rest in session.execute(query):
        found.setdefault(number, []).append((rest[0], rest[1], rest[2]))
    return [
        Batch(
            number,
            min(recorded_at for _, _, recorded_at in rows),
            len(rows),
            len({student for _, student, _ in rows}),
            tuple(dict.fromkeys(exercise for exercise, _, _ in rows)),
        )
        for number, rows in found.items()
    ]


def in_other_names(session: Session, grades: Iterable[Grade]) -> list[Grade]:
    """Return the grades of ids that `grades` do not name: merged ones, and removed ones."""
    people = People(session)
    names = {one.id: one.name for one in session.scalars(select(Student))}
    known = {(grade.student, grade.exercise): grade for grade in grades}
    others = [
        _renamed(grade, id_, names[id_])
        for id_ in people.others
        for (student, _), grade in known.items()
        if people.whose(id_) == student
    ]
    known |= {(grade.student, grade.exercise): grade for grade in others}
    removed = (
        select(Attempt.student, Attempt.exercise, func.max(Attempt.maximum))
        .where(Attempt.removal.is_not(None))
        .group_by(Attempt.student, Attempt.exercise)
    )
    return others + [
        Grade(student, names[student], exercise, MISSING, Decimal(0), maximum)
        for student, exercise, maximum in session.execute(removed)
        if (student, exercise) not in known
    ]


def _renamed(grade: Grade, id_: str, name: str) -> Grade:
    return Grade(**{**vars(grade), "student": id_, "name": name})
