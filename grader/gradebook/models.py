"""The tables of a gradebook. `migrations/` makes them; a test keeps the two in step."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from grader.gradebook.column_types import CompressedBytes, EscapedText, Hundredths, UnboundedInteger

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {str: EscapedText(), Decimal: Hundredths(), bytes: CompressedBytes()}  # noqa: RUF012


class Student(Base):
    """A student: an opaque id as the source or the roster gives it, the name as given last.

    ``merged_into`` is another id of the same person, under which all of it counts. ``batch`` is the
    number of the batch that brought the id first.
    """

    __tablename__ = "students"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    batch: Mapped[int]
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("students.id"))
    removal: Mapped[int | None] = mapped_column(ForeignKey("removals.id"))


class Removal(Base):
    """A removal or merge by a teacher: the rows are kept, and no longer count.

    ``kind`` says what was named: see `undo.Kind`.
    """

    __tablename__ = "removals"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str]
    student: Mapped[str | None]
    exercise: Mapped[str | None]
    number: Mapped[int | None]  # of an attempt or a batch
    into: Mapped[str | None]  # of a merge: the id of the other student
    reason: Mapped[str]
    who: Mapped[str]
    removed_at: Mapped[str]
    restored_at: Mapped[str | None]
    restored_by: Mapped[str | None]


class Attempt(Base):
    """One file that a student handed in for an exercise, with its current judgement.

    ``points`` is None for ``ungraded``, which is the grader's fault and never a zero. ``reachable``
    is how many points could be got on the device that judged it. ``seen`` and
    ``seen_at`` change when the same file is handed in again after another one; ``batch`` is the
    number of the batch that brought it first.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint(
            "student", "exercise", "submission_hash", "attempt", name="uq_attempts_handed_in"
        ),
        Index("ix_attempts_submission_hash", "submission_hash"),
        Index("ix_attempts_seen", "seen"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    student: Mapped[str] = mapped_column(ForeignKey("students.id"))
    course: Mapped[str]
    exercise: Mapped[str]
    attempt: Mapped[int]
    numbered: Mapped[bool]  # whether the source gives the number; else files were counted
    submission_hash: Mapped[str]  # empty for a file that could not be read
    file: Mapped[str | None]  # its name, whose suffix determines how it is read
    late: Mapped[bool | None]
    submitted_at: Mapped[str | None]
    recorded_at: Mapped[str]
    seen: Mapped[int]  # number of the last run that brought it after another attempt
    seen_at: Mapped[str]
    batch: Mapped[int]
    graded_at: Mapped[str | None]
    status: Mapped[str]
    points: Mapped[Decimal | None]
    maximum: Mapped[Decimal]
    reachable: Mapped[Decimal]
    grading_hash: Mapped[str | None]
    grader_version: Mapped[str | None]
    seed: Mapped[int | None] = mapped_column(UnboundedInteger())
    report_path: Mapped[str | None]
    report_hash: Mapped[str]
    report: Mapped[bytes | None] = mapped_column(deferred=True)
    removal: Mapped[int | None] = mapped_column(ForeignKey("removals.id"))


class SourceBlob(Base):
    """The bytes of a file as it was handed in, by their SHA-256: the input of regrading."""

    __tablename__ = "submissions"

    hash: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class GradeOverride(Base):
    """A teacher's mark for a student's exercise; the last one counts, all are kept.

    ``points`` None restores the judge's grade; more than ``maximum`` is a bonus.
    """

    __tablename__ = "marks"
    __table_args__ = (Index("ix_marks_student", "student", "exercise"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    student: Mapped[str] = mapped_column(ForeignKey("students.id"))
    exercise: Mapped[str]
    points: Mapped[Decimal | None]
    maximum: Mapped[Decimal]
    reason: Mapped[str]
    who: Mapped[str]
    marked_at: Mapped[str]
    after: Mapped[int]  # number of the last run that the teacher could have seen, 0 for none
    removal: Mapped[int | None] = mapped_column(ForeignKey("removals.id"))


class GradeChange(Base):
    """A grade that a new judgement of the same attempt has changed."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_attempt", "attempt"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    attempt: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    changed_at: Mapped[str]
    old_status: Mapped[str]
    old_points: Mapped[Decimal | None]
    old_reachable: Mapped[Decimal | None]  # None if it was not stored
    new_status: Mapped[str]
    new_points: Mapped[Decimal | None]
    new_reachable: Mapped[Decimal | None]
    why: Mapped[str]  # what differed: names of grading_hash, grader_version, seed; may be empty


class Setting(Base):
    """A setting of the gradebook, such as its policy or its secret seed."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
