"""Removing what should not count, merging two ids of one person, and undoing both.

Nothing is deleted: a removed row has the number of its removal, which records who removed it, when
and why, and can be undone itself. A merged id keeps its own rows; they count under the other id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select, update

from grader.gradebook.errors import NoReasonError, NothingThereError, UnknownStudentError
from grader.gradebook.handin_order import now
from grader.gradebook.models import Attempt, GradeOverride, Removal, Student
from grader.gradebook.people import People

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from grader.gradebook.store import Store

_Table = type[Attempt] | type[GradeOverride] | type[Student]
Kind = Literal["student", "attempt", "exercise", "batch", "merge"]


@dataclass(frozen=True)
class Decision:
    """The reason of a removal, and its author."""

    reason: str
    who: str


@dataclass(frozen=True)
class Removed:
    """A removal, and how much it removed or restored."""

    removal: Removal
    attempts: int = 0
    marks: int = 0


class Undo:
    """Removals and merges of a gradebook.

    All methods that decide raise NoReasonError if no reason is given, NothingThereError if there is
    no such object, and UnknownStudentError.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def remove_student(self, student: str, decision: Decision) -> Removed:
        """Remove a student with all attempts and marks."""
        with self._store.session(writes=True) as session:
            ids = _ids(session, student)
            removal = _noted(session, decision, "student", student=ids[0])
            session.get_one(Student, ids[0]).removal = removal.id
            return _take_out(
                session, removal, Attempt.student.in_(ids), GradeOverride.student.in_(ids)
            )

    def remove_attempt(
        self, student: str, exercise: str, number: int, decision: Decision
    ) -> Removed:
        """Remove the submission of a student for an exercise with attempt number ``number``."""
        with self._store.session(writes=True) as session:
            ids = _ids(session, student)
            removal = _noted(
                session, decision, "attempt", student=ids[0], exercise=exercise, number=number
            )
            own = Attempt.student.in_(ids) & (Attempt.exercise == exercise)
            return _something(_take_out(session, removal, own & (Attempt.attempt == number)))

    def remove_exercise(self, exercise: str, decision: Decision) -> Removed:
        """Remove all attempts and marks of an exercise."""
        with self._store.session(writes=True) as session:
            removal = _noted(session, decision, "exercise", exercise=exercise)
            own = Attempt.exercise == exercise, GradeOverride.exercise == exercise
            return _something(_take_out(session, removal, *own))

    def remove_batch(self, number: int, decision: Decision) -> Removed:
        """Remove the attempts that a batch brought first, and students without any others."""
        with self._store.session(writes=True) as session:
            removal = _noted(session, decision, "batch", number=number)
            done = _take_out(session, removal, Attempt.batch == number)
            strangers = _drop_strangers(session, removal)
            return done if strangers else _something(done)

    def merge(self, student: str, into: str, decision: Decision) -> Removed:
        """Count all attempts and marks of a student for another one, now and later."""
        with self._store.session(writes=True) as session:
            ids, target = _ids(session, student), _ids(session, into)[0]
            if ids[0] == target:
                raise NothingThereError
            removal = _noted(session, decision, "merge", student=ids[0], into=target)
            session.get_one(Student, ids[0]).merged_into = target
            return Removed(removal, *_counts(session, ids))

    def restore(self, number: int, who: str) -> Removed:
        """Undo a removal or a merge."""
        with self._store.session(writes=True) as session:
            removal = session.get(Removal, number)
            if removal is None or removal.restored_at is not None:
                raise NothingThereError
            removal.restored_at, removal.restored_by = now(), who
            attempts, marks, _ = (
                _brought_back(session, removal, table)
                for table in (Attempt, GradeOverride, Student)
            )
            if removal.kind == "merge":
                session.get_one(Student, removal.student).merged_into = None
                ids = People(session).ids(str(removal.student))
                return Removed(removal, *_counts(session, ids))
            return Removed(removal, attempts, marks)

    def all(self) -> Sequence[Removal]:
        """Return all removals and merges, oldest first."""
        with self._store.session() as session:
            return session.scalars(select(Removal).order_by(Removal.id)).all()


def restore_student(session: Session, student: str) -> None:
    """Restore a removed student in the gradebook; removed attempts stay removed."""
    known = session.get_one(Student, student)
    while known.merged_into is not None:  # by id: `People` reads the whole table
        known = session.get_one(Student, known.merged_into)
    if known.removal is not None:
        known.removal = None


def _ids(session: Session, student: str) -> list[str]:
    people = People(session)
    known = session.get(Student, people.whose(student))
    if known is None or known.removal is not None:
        raise UnknownStudentError(student)
    return people.ids(student)


def _noted(
    session: Session,
    decision: Decision,
    kind: Kind,
    *,
    student: str | None = None,
    exercise: str | None = None,
    number: int | None = None,
    into: str | None = None,
) -> Removal:
    if not decision.reason.strip():
        raise NoReasonError
    removal = Removal(
        kind=kind,
        student=student,
        exercise=exercise,
        number=number,
        into=into,
        reason=decision.reason,
        who=decision.who,
        removed_at=now(),
    )
    session.add(removal)
    session.flush()
    return removal


def _take_out(
    session: Session,
    removal: Removal,
    attempts: ColumnElement[bool],
    marks: ColumnElement[bool] | None = None,
) -> Removed:
    counts = [_marked_out(session, removal, Attempt, attempts)]
    counts += [] if marks is None else [_marked_out(session, removal, GradeOverride, marks)]
    return Removed(removal, *counts)


def _marked_out(
    session: Session, removal: Removal, table: _Table, which: ColumnElement[bool]
) -> int:
    done = session.execute(
        update(table)
        .where(which, table.removal.is_(None))
        .values(removal=removal.id)
        .returning(table.id)
    )
    return len(done.all())


def _brought_back(session: Session, removal: Removal, table: _Table) -> int:
    done = session.execute(
        update(table).where(table.removal == removal.id).values(removal=None).returning(table.id)
    )
    return len(done.all())


def _counts(session: Session, ids: list[str]) -> tuple[int, int]:
    """Return the numbers of attempts and marks under some ids."""
    attempts, marks = (
        len(session.scalars(select(table.id).where(table.student.in_(ids))).all())
        for table in (Attempt, GradeOverride)
    )
    return attempts, marks


def _something(done: Removed) -> Removed:
    if not done.attempts and not done.marks:
        raise NothingThereError  # rolls the transaction back
    return done


def _drop_strangers(session: Session, removal: Removal) -> int:
    """Remove students of a batch who have nothing else; return their number."""
    there = [
        select(table.student).where(table.removal.is_(None)) for table in (Attempt, GradeOverride)
    ]
    merged = select(Student.merged_into).where(Student.merged_into.is_not(None))
    which = (Student.batch == removal.number) & Student.merged_into.is_(None)
    for having in (*there, merged):
        which &= Student.id.not_in(having)
    return _marked_out(session, removal, Student, which)
