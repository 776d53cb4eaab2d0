"""Whom the owners of files are: students of the roster, or without one all that are found."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from grader.batch.models import Student
from grader.batch.names import printable, same_id, same_name
from grader.batch.roster import Ambiguous, Roster

if TYPE_CHECKING:
    from grader.batch.intake.owned import Owner


class Class:
    """The students of a batch."""

    def __init__(self, listed: Roster | None, owners: list[Owner]) -> None:
        """Learn who is in it: the students listed, else the owners of files."""
        self._listed = listed
        self._found: dict[str, Student] = {}
        self._namesakes: dict[Student, set[str]] = defaultdict(set)
        for owner in owners:
            self._learn(owner)

    @property
    def students(self) -> list[Student]:
        """The students of the roster in its order, or those found by name."""
        if self._listed is not None:
            return list(self._listed.students)
        return sorted(self._found.values(), key=lambda one: (same_name(one.name), one.id))

    def whom(self, owner: Owner) -> Student | None:
        """Return the student, None: nobody of the roster.

        Raises:
            Ambiguous: several fit, or a name alone tells and several people bear it.

        """
        if self._listed is None:
            return self._found[same_id(owner.ids[0])]
        student = self._listed.find(owner.ids)
        if student is None:
            student = self._listed.find((), owner.name)
            if student is not None and len(self._namesakes[student]) > 1:
                raise Ambiguous
        return student

    def _learn(self, owner: Owner) -> None:
        if self._listed is None:
            found = Student(printable(owner.ids[0]), printable(owner.name))
            self._found.setdefault(same_id(owner.ids[0]), found)
            return
        try:
            student = self._listed.find(owner.ids) or self._listed.find((), owner.name)
        except Ambiguous:
            return  # told when a file of theirs is looked at
        if student is not None:
            self._namesakes[student].add(same_name(owner.ids[0]))
