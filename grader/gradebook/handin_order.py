"""The order of handing in, for sources without times: the last batch decides."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from grader.gradebook.models import Attempt, GradeOverride, Student
from grader.gradebook.people import People

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_Place = tuple[str, str]  # a student and an exercise


class BatchImport:
    """One run of a batch. The attempts that it brings were handed in together.

    If a student hands in an earlier file once more, its attempt is the last one again. If it is
    still the last one nothing changes, so that recording the same batch is repeatable.
    """

    def __init__(self) -> None:
        self._number = 0  # none yet: a run without new attempts needs none
        self._batch = 0
        self._people: People | None = None
        self._brought: dict[_Place, list[int]] = defaultdict(list)
        self._fewer: set[_Place] = set()  # some of the last attempts have not come yet

    def batch(self, session: Session) -> int:
        """Return the number of the batch, for the attempts that it brings first."""
        if not self._batch:
            known = (session.scalar(select(func.max(one.batch))) for one in (Attempt, Student))
            self._batch = 1 + max(number or 0 for number in known)
        return self._batch

    def add(self, session: Session, attempt: Attempt) -> None:
        """Record that an attempt, new or known, was handed in."""
        if self._people is None:
            self._people = People(session)
        place = self._people.whose(attempt.student), attempt.exercise
        self._brought[place].append(attempt.id)
        seen = self._seen(session, place)
        if not attempt.seen or attempt.seen < max(seen.values()):
            self._renew(session, place, seen)
        elif list(seen.values()).count(attempt.seen) > 1:
            self._fewer.add(place)

    def finish(self, session: Session) -> None:
        """Record that no more comes: last attempts that have come are the last alone."""
        for place in self._fewer:
            seen = self._seen(session, place)
            last = max(seen.values())
            ids = {id_ for id_, number in seen.items() if number == last}
            if ids.difference(self._brought[place]) and ids.intersection(self._brought[place]):
                self._renew(session, place, seen)

    def _renew(self, session: Session, place: _Place, seen: dict[int, int]) -> None:
        """Make the attempts that have come so far the last, including those found before."""
        brought = set(self._brought[place])
        others = [number for id_, number in seen.items() if id_ not in brought]
        marks = select(func.max(GradeOverride.after)).where(
            GradeOverride.student.in_(self._ids(place)), GradeOverride.exercise == place[1]
        )
        # A new number if another run or a mark has come in between.
        if self._number <= max([*others, session.scalar(marks) or 0]):
            self._number = 1 + (session.scalar(select(func.max(Attempt.seen))) or 0)
        for id_ in brought:
            attempt = session.get_one(Attempt, id_)
            if attempt.seen != self._number:
                attempt.seen, attempt.seen_at = self._number, now()

    def _seen(self, session: Session, place: _Place) -> dict[int, int]:
        """Return the numbers of all attempts of a student and exercise, by id."""
        query = select(Attempt.id, Attempt.seen).where(
            Attempt.student.in_(self._ids(place)),
            Attempt.exercise == place[1],
            Attempt.removal.is_(None),
        )
        return {row.id: row.seen for row in session.execute(query)}

    def _ids(self, place: _Place) -> list[str]:
        return [place[0]] if self._people is None else self._people.ids(place[0])


def now() -> str:
    """Return the current time in ISO 8601."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
