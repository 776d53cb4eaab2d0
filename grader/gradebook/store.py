"""The gradebook of a class: submissions, judgements, and the teacher's decisions."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.gradebook import marks, settings
from grader.gradebook.engine import WRITES, connect, database_url, display_name, translate_db_errors
from grader.gradebook.errors import (
    ID_LIMIT,
    DamagedGradebookError,
    LongStudentIdError,
    UnknownStudentError,
)
from grader.gradebook.grades import grades_of
from grader.gradebook.handin_order import BatchImport, now
from grader.gradebook.history import Batch, History, batches, history_of, in_other_names
from grader.gradebook.migrate import migrate
from grader.gradebook.models import Attempt, GradeChange, GradeOverride, SourceBlob, Student
from grader.gradebook.people import People
from grader.gradebook.policy import Grade, Policy, ReviewItem, review_item
from grader.gradebook.recording import replace_judgement, set_fields
from grader.gradebook.regrade_diff import attempt_columns, kept_environment
from grader.gradebook.undo import restore_student
from grader.gradebook.unreachable_points import START, Unreachable, chosen_of
from grader.report.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from sqlalchemy import Engine

    from grader.classroom.students import StudentsRules
    from grader.gradebook.regrade_diff import Inputs


@dataclass(frozen=True)
class SubmittedFile:
    """A submitted file: its name, whose suffix determines how it is read, and its bytes."""

    name: str
    data: bytes


class Store:
    """An open gradebook. Writers, also of other processes, wait for each other."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.where = where
        self._engine = engine
        self._together: Session | None = None
        self._run: BatchImport | None = None

    @classmethod
    def open(cls, gradebook: str | Path, *, create: bool = True) -> Self:
        """Open the gradebook at a path or URL, and migrate its tables to the current version.

        Raises:
            NoGradebookError: there is none, and ``create`` is false.
            NotAGradebookError: something else is there.
            DamagedGradebookError: it cannot be read back.
            NewerGradebookError: a later version of the grader has written it.
            GradebookBusyError, GradebookUnavailableError, MissingDriverError: it cannot be used.

        """
        url = database_url(gradebook)
        where = display_name(url)
        with translate_db_errors(where):
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
        """Close the connections to the database."""
        self._engine.dispose()

    @contextmanager
    def transaction(
        self, run: BatchImport | None = None, *, complete: bool = False
    ) -> Iterator[None]:
        """Write all that follows in one transaction: all of it or nothing, and much faster.

        Attempts recorded in it were handed in together, with all others of the same ``run`` if one
        is given. ``complete``: this is the last transaction of the run.
        """
        with self.session(writes=True) as session:
            self._together, self._run = session, run or BatchImport()
            try:
                yield
                if complete:
                    self._run.finish(session)
            finally:
                self._together = self._run = None

    @contextmanager
    def session(self, *, writes: bool = False) -> Iterator[Session]:
        """Open a session in one transaction: in that of `transaction`, while it lasts."""
        if self._together is not None:
            yield self._together
            self._together.flush()
            return
        engine = self._engine.execution_options(**{WRITES: writes})
        with (
            translate_db_errors(self.where),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    # Written by a batch.

    def add_student(self, student: str, name: str) -> None:
        """Store a student, also one without submissions; the last name given counts.

        Raises:
            LongStudentIdError: the id has more than ID_LIMIT characters.

        """
        with self.session(writes=True) as session:
            self._enrol(session, student, name, self._run or BatchImport())

    def _enrol(self, session: Session, student: str, name: str, run: BatchImport) -> None:
        if len(student) > ID_LIMIT:
            raise LongStudentIdError(self.where, student)
        known = session.get(Student, student)
        if known is None:
            session.add(Student(id=student, name=name, batch=run.batch(session)))
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
        file: SubmittedFile | None = None,
        numbered: bool = True,
    ) -> Attempt:
        """Store a judgement. The same one again changes nothing, so that a resumed run may repeat.

        An attempt is identified by student, exercise, hash of the submission and
        ``report.attempt``. One that is handed in again after another one is the last one seen. If
        it is judged differently than before, the grade changes and the change is logged; a report
        that is ``ungraded`` never removes a grade. A removed attempt stays removed; a removed
        student who hands in another file is restored with that. ``file`` is what `regrade` judges;
        ``numbered``: the source gives the number of the attempt.

        Raises:
            LongStudentIdError: the id has more than ID_LIMIT characters.

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
        run = self._run or BatchImport()
        with self.session(writes=True) as session:
            self._enrol(session, student, name, run)
            if file is not None and session.get(SourceBlob, hash_) is None:
                session.add(SourceBlob(hash=hash_, data=file.data))
            key = {
                "student": student,
                "exercise": report.exercise.id,
                "submission_hash": hash_,
                "attempt": report.attempt or 1,
            }
            attempt = session.scalar(select(Attempt).filter_by(**key))
            if attempt is None:
                new = {"recorded_at": now(), "seen": 0, "seen_at": now()}
                batch = run.batch(session)
                attempt = Attempt(**key, **handed_in, **attempt_columns(report), **new, batch=batch)
                session.add(attempt)
                session.flush()
                restore_student(session, student)
            elif attempt.removal is not None:
                return attempt
            else:
                given = {field: value for field, value in handed_in.items() if value is not None}
                set_fields(attempt, given)
                replace_judgement(session, attempt, report)
            run.add(session, attempt)
            return attempt

    def replace_judgement(
        self, attempt: Attempt, report: Report, report_path: str | None = None
    ) -> GradeChange | None:
        """Store a new judgement of an attempt; return the change of grade, None without one.

        ``report_path`` is the path of its report, if it was written.
        """
        with self.session(writes=True) as session:
            kept = session.get_one(Attempt, attempt.id)
            before = kept.report_hash
            change = replace_judgement(session, kept, report)
            if report_path is not None or kept.report_hash != before:
                kept.report_path = report_path  # another path is that of an older judgement
            return change

    # Decisions of a teacher; removals and merges: see `undo`.

    def mark(
        self,
        student: str,
        exercise: str,
        points: Decimal | None,
        reason: str,
        who: str,
        maximum: Decimal | None = None,
        *,
        bonus: bool = False,
    ) -> GradeOverride:
        """Override an exercise's grade by a teacher's mark; None restores the judge's grade.

        ``maximum`` is needed if the student has handed in nothing; ``bonus`` allows more.

        Raises:
            UnknownStudentError: no student has this id.
            WrongMarkError: points are not from 0 to the maximum with two decimals, or there is no
                reason.

        """
        with self.session(writes=True) as session:
            return marks.override_grade(
                session, student, exercise, points, reason, who, maximum, bonus=bonus
            )

    @property
    def policy(self) -> Policy:
        """The choice of the attempt that counts; by default the latest."""
        with self.session() as session:
            return "best" if settings.setting(session, settings.POLICY) == "best" else "latest"

    def set_policy(self, policy: Policy) -> None:
        """Choose which attempt counts."""
        with self.session(writes=True) as session:
            settings.put(session, settings.POLICY, policy)

    @property
    def unreachable(self) -> Unreachable | None:
        """How points are entered if others were out of reach; None: not chosen yet."""
        with self.session() as session:
            return chosen_of(settings.setting(session, settings.UNREACHABLE))

    def set_unreachable(self, unreachable: Unreachable) -> None:
        """Choose how points are entered if others were out of reach."""
        with self.session(writes=True) as session:
            settings.put(session, settings.UNREACHABLE, unreachable)

    # Seeds.

    @property
    def seed(self) -> int:
        """The secret seed that was made last."""
        with self.session() as session:
            found = settings.setting(session, settings.SEED)
        return self.open_seed() if found is None else self._number(found)

    def open_seed(self) -> int:
        """Return the secret seed for new submissions: a new one after each complete run."""
        with self.session() as session:
            seed = settings.open_seed(session)
        if seed is None:
            with self.session(writes=True) as session:
                seed = settings.open_seed(session) or settings.new_seed(session)
        return self._number(seed)

    def _number(self, seed: str) -> int:
        if not seed.isdecimal():
            raise DamagedGradebookError(self.where)
        return int(seed)

    def end_round(self, seed: int) -> None:
        """Record that a run under a seed is complete: its reports may be handed back."""
        with self.session(writes=True) as session:
            settings.end_seed(session, seed)

    def judged_under(self) -> list[tuple[str, str, str, int]]:
        """Return exercise, file, hash and seed of all judged submissions, removed ones included."""
        with self.session() as session:
            return settings.seeds_of(session)

    # Queries.

    def student(self, display_name: str, *, removed: bool = False) -> Student:
        """Return the student with this id, or the only one with this name.

        A merged id finds the student that it was merged into. ``removed``: also find removed
        students.

        Raises:
            UnknownStudentError: with the ids of all who have that name, or with similar ids.

        """
        with self.session() as session:
            students = session.scalars(select(Student).order_by(Student.id)).all()
            people = People(session)
        known = {one.id: one for one in students}
        there = [one for one in students if known[people.whose(one.id)].removal is None or removed]
        found = [one for one in there if one.id == display_name]
        found = found or [one for one in there if one.name.casefold() == display_name.casefold()]
        ids = tuple(dict.fromkeys(people.whose(one.id) for one in found))
        if len(ids) == 1:
            return known[ids[0]]
        if ids:
            raise UnknownStudentError(display_name, several=ids)
        names = {text: one.id for one in there for text in (one.name, one.id)}
        close = [names[text] for text in get_close_matches(display_name, names)]
        raise UnknownStudentError(display_name, close=tuple(dict.fromkeys(close)))

    def students(self) -> Sequence[Student]:
        """Return all ids that were ever given, including merged and removed ones."""
        with self.session() as session:
            return session.scalars(select(Student).order_by(Student.id)).all()

    def attempts(self, exercise: str | None = None) -> Sequence[Attempt]:
        """Return all attempts that were not removed, of all students, oldest first."""
        query = select(Attempt).where(Attempt.removal.is_(None)).order_by(Attempt.id)
        if exercise is not None:
            query = query.filter_by(exercise=exercise)
        with self.session() as session:
            return session.scalars(query).all()

    def batches(self) -> list[Batch]:
        """Return the attempts of each batch, oldest first."""
        with self.session() as session:
            return batches(session)

    def history(self, student: str) -> History:
        """Return all that is stored about a student, oldest first, including removed attempts.

        Raises:
            UnknownStudentError: no student has this id.

        """
        found = self.student(student, removed=True)
        with self.session() as session:
            return history_of(session, found)

    def grades(self, *, every_id: bool = False, rules: StudentsRules | None = None) -> list[Grade]:
        """Return every student's grade for every exercise with a submission.

        ``every_id``: also under merged ids, and `missing` for removed students and attempts. So a
        file for a learning system never contains a grade that no longer counts. ``rules``: those of
        the class, from `students_rules.of_gradebook`.
        """
        grades = [grade for grade, _ in self._grades(rules=rules)]
        if not every_id:
            return grades
        with self.session() as session:
            return grades + in_other_names(session, grades)

    def grade(self, student: str, exercise: str) -> Grade:
        """Return the grade of a student for an exercise: a teacher's mark, else by the policy."""
        return self._grades(self.student(student).id, exercise)[0][0]

    def needs_review(self) -> list[ReviewItem]:
        """Return the items that a teacher has to review, by student and exercise."""
        policy = self.policy
        found = (review_item(grade, attempts, policy) for grade, attempts in self._grades())
        return [one for one in found if one is not None]

    def report(self, attempt: Attempt) -> Report | None:
        """Return the whole report of an attempt, if it was stored."""
        query = select(Attempt.report).where(Attempt.id == attempt.id)
        with self.session() as session:
            data = session.scalar(query)
        return None if data is None else Report.model_validate_json(data)

    def submission(self, attempt: Attempt) -> SubmittedFile | None:
        """Return the submitted file, if it was stored."""
        with self.session() as session:
            kept = session.get(SourceBlob, attempt.submission_hash)
        return (
            None if kept is None or attempt.file is None else SubmittedFile(attempt.file, kept.data)
        )

    def circumstances(self, attempt: Attempt) -> Inputs:
        """Return the inputs of an attempt's judgement, by CAUSES, as far as they were stored."""
        with self.session() as session:
            return kept_environment(session.get_one(Attempt, attempt.id))

    def _grades(
        self,
        student: str | None = None,
        exercise: str | None = None,
        rules: StudentsRules | None = None,
    ) -> list[tuple[Grade, list[Attempt]]]:
        policy, unreachable = self.policy, self.unreachable or START
        with self.session() as session:
            return grades_of(session, policy, student, exercise, unreachable, rules)
