"""Which scores are sent: one for each student and exercise, of what has a grade."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from grader.course.phrases import phrase
from grader.report.statuses import status_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.course.phrases import Phrase

COLUMNS = ("student_id", "exercise", "status", "entered", "maximum", "attempt", "report")
"""The columns of grades.csv that are read."""
MOST_COMMENT = 1000  # characters


@dataclass(frozen=True)
class Row:
    """A line of grades.csv, and its number."""

    line: int
    student: str
    exercise: str
    status: str
    entered: str
    maximum: str
    attempt: int
    report: str


@dataclass(frozen=True)
class Score:
    """What is sent for one student: always with a comment, since one without erases the last."""

    exercise: str
    student: str
    given: Decimal
    maximum: Decimal
    comment: str


@dataclass(frozen=True)
class NotSent:
    """A student's grade that is not sent, and why."""

    student: str
    exercise: str
    why: Phrase


def latest(rows: Iterable[Row]) -> list[Row]:
    """Return the last attempt of each student at each exercise."""
    last: dict[tuple[str, str], Row] = {}
    for row in rows:
        known = last.get((row.student, row.exercise))
        if known is None or row.attempt >= known.attempt:
            last[row.student, row.exercise] = row
    return list(last.values())


def score_of(row: Row, comment: str) -> Score | NotSent:
    """Return the score of a row; a row without a grade sends nothing.

    Whatever a platform is sent for such a row (`Pending`, `NotReady`, no `scoreGiven`) erases the
    grade that is there. A value out of range is cut or stored as it is by some platforms.
    """
    if not row.entered:
        why = phrase("no grade yet ({{status}})", status=status_in_words(row.status))
        return NotSent(row.student, row.exercise, why)
    given, maximum = amount(row.entered), amount(row.maximum)
    if given is None or maximum is None or maximum <= 0 or not 0 <= given <= maximum:
        why = phrase(
            "line {{line}}: {{entered}} of {{maximum}} is no grade",
            line=row.line,
            entered=repr(row.entered),
            maximum=repr(row.maximum),
        )
        return NotSent(row.student, row.exercise, why)
    return Score(row.exercise, row.student, given, maximum, comment[:MOST_COMMENT])


def amount(text: str) -> Decimal | None:
    """Return a number of points as grades.csv has it, None for anything else."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def members_by(match: str, members: Iterable[Mapping[str, object]]) -> dict[str, str | None]:
    """Return the user id of each member of a course, by what the class calls them.

    None where two members are called the same.
    """
    field = {"sourcedid": "lis_person_sourcedid"}.get(match, match)
    found: dict[str, str | None] = {}
    for member in members:
        name, user = member.get(field), member.get("user_id")
        if isinstance(name, str) and name and isinstance(user, str):
            known = name.strip().casefold()
            found[known] = user if found.get(known, user) == user else None
    return found
