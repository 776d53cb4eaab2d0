"""The gradebook of a class: what was handed in, how it was judged, what the teacher decided."""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.gradebook.engine import WRITES, connect, named, place, typed_errors
from grader.gradebook.errors import (
    ID_LIMIT,
    DamagedGradebook,
    LongStudent,
    UnknownStudent,
    WrongMark,
)
from grader.gradebook.grades import grades_of
from grader.gradebook.judgement import (
    circumstances,
    difference,
    judged,
    keeps_its_grade,
    kept_circumstances,
)
from grader.gradebook.migrate import migrate
from grader.gradebook.models import Attempt, Change, Mark, Setting, Student, Submission
from grader.gradebook.policy import Grade, Open, Policy, is_mark, still_open
from grader.gradebook.seen import Run, now
from grader.report.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Engine

_SEED_BITS = 53  # what every reader of JSON holds exactly


@dataclass(frozen=True)
class File:
    """A file as it was handed in: its name, on whose suffix its reading depends, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class History:
    """All that the gradebook knows of a student, oldest first."""

    student: Student
    attempts: Sequence[Attempt]
    marks: Sequence[Mark]
    changes: Sequence[Change]


class Store:
    """A gradebook that is open. Writers, also of other processes, wait for each other."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.where = where
        self._engine = engine
        self._together: Session | None = None
        self._run: Run | None = None

    @classmethod
    def open(cls, gradebook: str | Path, *, create: bool = True) -> Self:
        """Open the gradebook at a path or URL, and bring its tables to today's version.

        Raises:
            NoGradebook: there is none, and ``create`` is false.
            NotAGradebook: something else is there.
            DamagedGradebook: it cannot be read back.
            NewerGradebook: a later version of the grader has written it.
            GradebookBusy, GradebookGone, MissingDriver: it cannot be used.

        """
        url = place(gradebook)
        where = named(url)
        with typed_errors(where):
            engine = connect(url, create=create, migrating=True)
            try:
                migrate(engine, where, create=create)
            finally:
                engine.dispose()
            return cls(connect(url, create=create), where)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def together(self, run: Run | None = None, *, complete: bool = False) -> Iterator[None]:
        """Write all that follows in one transaction: all of it or nothing, and much faster.

        What is recorded was handed in together, with all else of the same ``run`` if one is given.
        ``complete``: nothing of the run comes after it.
        """
        with self._session(writes=True) as session:
            self._together, self._run = session, run or Run()
            try:
                yield
                if complete:
                    self._run.ends(session)
            finally:
                self._together = self._run = None

    @contextmanager
    def _session(self, *, writes: bool = False) -> Iterator[Session]:
        if self._together is not None:
            yield self._together
            self._together.flush()
            return
        engine = self._engine.execution_options(**{WRITES: writes})
        with (
            typed_errors(self.where),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    # What the batch writes.

    def enrol(self, student: str, name: str) -> None:
        """Keep a student, also one who has handed in nothing; the name given last stays.

        Raises LongStudent: the id has more than ID_LIMIT characters.
        """
        with self._session(writes=True) as session:
            self._enrol(session, student, name)

    def _enrol(self, session: Session, student: str, name: str) -> None:
        if len(student) > ID_LIMIT:
            raise LongStudent(self.where, student)
        known = session.get(Student, student)
        if known is None:
            session.add(Student(id=student, name=name))
            session.flush()
        elif known.name != name:
            known.name = name

    def record(
        self,
        report: Report,
        student: str,
        name: str,
        late: bool | None = None,
        submitted_at: str | None = None,
        report_path: str | None = None,
        file: File | None = None,
        numbered: bool = True,
    ) -> Attempt:
        """Keep a judgement. The same one again changes nothing, so that a resumed run may repeat.

        An attempt is known by student, exercise, hash of the submission and ``report.attempt``.
        One that is handed in again after another one is the last one seen. Where it is judged
        otherwise than before, the grade changes and the change is logged; a report that is
        ``ungraded`` never takes a grade away. ``file`` is what `regrade` judges; ``numbered``
        says whether the source tells the number of the attempt. Raises LongStudent, as `enrol`.
        """
        hash_ = report.submission_hash or ""
        if file is not None:
            hash_ = hashlib.sha256(file.data).hexdigest()
        handed_in = {
            "late": late,
            "submitted_at": submitted_at or report.submitted_at,
            "report_path": report_path,
            "file": None if file is None else file.name,
            "numbered": numbered,
        }
        with self._session(writes=True) as session:
            self._enrol(session, student, name)
            if file is not None and session.get(Submission, hash_) is None:
                session.add(Submission(hash=hash_, data=file.data))
            key = {
                "student": student,
                "exercise": report.exercise.id,
                "submission_hash": hash_,
                "attempt": report.attempt or 1,
            }
            attempt = session.scalar(select(Attempt).filter_by(**key))
            if attempt is None:
                new = {"recorded_at": now(), "seen": 0, "seen_at": now()}
                attempt = Attempt(**key, **handed_in, **judged(report), **new)
                session.add(attempt)
                session.flush()
            else:
                _set(
                    attempt,
                    {field: value for field, value in handed_in.items() if value is not None},
                )
                _judge_again(session, attempt, report)
            (self._run or Run()).brings(session, attempt)
            return attempt

    def judge_again(
        self, attempt: Attempt, report: Report, report_path: str | None = None
    ) -> Change | None:
        """Keep a new judgement of an attempt; return the change of grade, None for none.

        ``report_path`` is where its report lies, if it was written.
        """
        with self._session(writes=True) as session:
            kept = session.get_one(Attempt, attempt.id)
            before = kept.report_hash
            change = _judge_again(session, kept, report)
            if report_path is not None or kept.report_hash != before:
                kept.report_path = report_path  # what lies elsewhere is of another judgement
            return change

    # What a teacher decides.

    def mark(
        self,
        student: str,
        exercise: str,
        points: Decimal | None,
        reason: str,
        who: str,
        maximum: Decimal | None = None,
    ) -> Mark:
        """Put a teacher's mark on top of an exercise; None for points gives it back to the judge.

        ``maximum`` is needed where the student has handed in nothing.

        Raises:
            UnknownStudent: nobody has this id.
            WrongMark: points are not from 0 to the maximum with two decimals, or reason is empty.

        """
        with self._session(writes=True) as session:
            if session.get(Student, student) is None:
                raise UnknownStudent(student, ())
            query = select(Attempt).filter_by(student=student, exercise=exercise)
            attempts = session.scalars(query.order_by(Attempt.id)).all()
            if attempts:
                maximum = attempts[-1].maximum
            maximum = Decimal(0) if maximum is None else maximum
            if not reason.strip() or not is_mark(points, maximum):
                raise WrongMark(f"{maximum.normalize():f}")
            mark = Mark(
                student=student,
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

    @property
    def policy(self) -> Policy:
        """Which attempt counts, as long as nobody has said otherwise the latest."""
        with self._session() as session:
            setting = session.get(Setting, "policy")
        return "best" if setting is not None and setting.value == "best" else "latest"

    def set_policy(self, policy: Policy) -> None:
        """Decide which attempt counts."""
        with self._session(writes=True) as session:
            session.merge(Setting(name="policy", value=policy))

    @property
    def seed(self) -> int:
        """The secret seed of the class, made once."""
        with self._session() as session:
            setting = session.get(Setting, "seed")
        if setting is None:
            with self._session(writes=True) as session:
                setting = session.get(Setting, "seed")
                if setting is None:
                    made = str(secrets.randbelow(2**_SEED_BITS))
                    setting = Setting(name="seed", value=made)
                    session.add(setting)
        if not setting.value.isdecimal():
            raise DamagedGradebook(self.where)
        return int(setting.value)

    # What can be read.

    def student(self, named: str) -> Student:
        """Return the student with this id, or the only one with this name.

        Raises UnknownStudent, with ids that were perhaps meant.
        """
        students = self.students()
        found = [one for one in students if one.id == named]
        found = found or [one for one in students if one.name.casefold() == named.casefold()]
        if len(found) == 1:
            return found[0]
        names = {text: one.id for one in students for text in (one.name, one.id)}
        close = [names[text] for text in get_close_matches(named, names)]
        raise UnknownStudent(named, tuple(one.id for one in found) or tuple(dict.fromkeys(close)))

    def students(self) -> Sequence[Student]:
        """Return all students, by id."""
        with self._session() as session:
            return session.scalars(select(Student).order_by(Student.id)).all()

    def attempts(self, exercise: str | None = None) -> Sequence[Attempt]:
        """Return all attempts, of all students, oldest first."""
        query = select(Attempt).order_by(Attempt.id)
        if exercise is not None:
            query = query.filter_by(exercise=exercise)
        with self._session() as session:
            return session.scalars(query).all()

    def history(self, student: str) -> History:
        """Return all that is known of a student, oldest first. Raises UnknownStudent."""
        found = self.student(student)
        attempts = select(Attempt).filter_by(student=found.id).order_by(Attempt.seen, Attempt.id)
        marks = select(Mark).filter_by(student=found.id).order_by(Mark.id)
        own = select(Attempt.id).filter_by(student=found.id)
        changes = select(Change).where(Change.attempt.in_(own)).order_by(Change.id)
        with self._session() as session:
            return History(
                found,
                session.scalars(attempts).all(),
                session.scalars(marks).all(),
                session.scalars(changes).all(),
            )

    def grades(self) -> list[Grade]:
        """Return every student's grade for every exercise that anybody has handed in."""
        return [grade for grade, _ in self._grades()]

    def grade(self, student: str, exercise: str) -> Grade:
        """Return what counts for a student and an exercise: a teacher's mark, else the policy."""
        return self._grades(self.student(student).id, exercise)[0][0]

    def needs_review(self) -> list[Open]:
        """Return what a teacher has to look at, by student and exercise."""
        policy = self.policy
        found = (still_open(grade, attempts, policy) for grade, attempts in self._grades())
        return [one for one in found if one is not None]

    def report(self, attempt: Attempt) -> Report | None:
        """Return the whole report of an attempt, if it was kept."""
        query = select(Attempt.report).where(Attempt.id == attempt.id)
        with self._session() as session:
            data = session.scalar(query)
        return None if data is None else Report.model_validate_json(data)

    def submission(self, attempt: Attempt) -> File | None:
        """Return what was handed in, if it was kept."""
        with self._session() as session:
            kept = session.get(Submission, attempt.submission_hash)
        return None if kept is None or attempt.file is None else File(attempt.file, kept.data)

    def circumstances(self, attempt: Attempt) -> dict[str, Any]:
        """Return what the judgement of an attempt hung on, by CAUSES, as far as it was kept."""
        with self._session() as session:
            return kept_circumstances(session.get_one(Attempt, attempt.id))

    def _grades(
        self, student: str | None = None, exercise: str | None = None
    ) -> list[tuple[Grade, list[Attempt]]]:
        policy = self.policy
        with self._session() as session:
            return grades_of(session, policy, student, exercise)


def _judge_again(session: Session, attempt: Attempt, report: Report) -> Change | None:
    if keeps_its_grade(attempt, report):
        return None
    new, before = judged(report), kept_circumstances(attempt)
    unchanged = new["report_hash"] == attempt.report_hash
    if unchanged and before == circumstances(json.loads(new["report"])):
        return None
    change = difference(attempt, before, report, now())
    if change is not None:
        session.add(change)
    _set(attempt, new)
    return change


def _set(row: Attempt, values: dict[str, Any]) -> None:
    for field, value in values.items():
        setattr(row, field, value)
