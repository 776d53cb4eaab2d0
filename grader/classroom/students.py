"""Whose rules are whose: the names in a ``class.yaml`` become students of the class."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.classroom.errors import ClassFileError
from grader.classroom.reading import twice_in_teams
from grader.course.phrases import phrase

if TYPE_CHECKING:
    from grader.classroom.rules import ClassRules, ExerciseRules


@dataclass(frozen=True)
class Team:
    """A team and the ids of its members; a student without one is a team alone, without a name."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class _Bound:
    """The rules of an exercise for known students: extensions and teams by id."""

    rules: ExerciseRules
    extensions: Mapping[str, dt.datetime] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)


class StudentsRules:
    """The rules of a class, for its students.

    ``unknown``: what the file calls students, and is the id or name of none of them. No rule is
    applied to anybody for it.
    """

    def __init__(
        self,
        rules: ClassRules,
        students: Iterable[tuple[str, str]],
        other_ids: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Find the students, given by id and name.

        ``other_ids``: further ids of theirs, and the one that each stands for.

        Raises:
            ClassFileError: a name is that of several students, or a student is in two teams.

        """
        self.rules = rules
        self._known = _Names(students, other_ids)
        self.unknown: dict[str, None] = {}
        self._whole = self._bound(rules.whole, "")
        self._exercises = {
            name: self._bound(own, f"exercises.{name}.") for name, own in rules.exercises.items()
        }

    def of(self, exercise: str) -> ExerciseRules:
        """Return the rules of an exercise."""
        return self._of(exercise).rules

    def team(self, exercise: str, student: str) -> Team:
        """Return the team of a student in an exercise."""
        return self._of(exercise).teams.get(student, Team("", (student,)))

    def deadline(self, exercise: str, members: Iterable[str]) -> dt.datetime | None:
        """Return the deadline of a team: the latest that one of its members has."""
        bound = self._of(exercise)
        if bound.rules.deadline is None:
            return None
        given = (bound.extensions[one] for one in members if one in bound.extensions)
        return max([bound.rules.deadline, *given])

    def members(self, exercise: str) -> set[str]:
        """Return the ids of all who are in a team of an exercise."""
        return set(self._of(exercise).teams)

    def _of(self, exercise: str) -> _Bound:
        return self._exercises.get(exercise, self._whole)

    def _bound(self, rules: ExerciseRules, place: str) -> _Bound:
        extensions: dict[str, dt.datetime] = {}
        for called, until in rules.extensions.items():
            student = self._student(called, f"{place}extensions")
            if student is not None:
                extensions[student] = max(until, extensions.get(student, until))
        teams: dict[str, Team] = {}
        for name, called_members in rules.teams.items():
            found = (self._student(called, f"{place}teams.{name}") for called in called_members)
            members = tuple(one for one in found if one is not None)
            for member in members:
                if member in teams or members.count(member) > 1:
                    what, mend = twice_in_teams(member), phrase("take one of them out")
                    raise ClassFileError(self.rules.file, f"{place}teams", what, mend)
            teams |= dict.fromkeys(members, Team(name, members))
        return _Bound(rules, extensions, teams)

    def _student(self, called: str, place: str) -> str | None:
        found = self._known.ids(called)
        if len(found) > 1:
            what = phrase(
                "{{name}} is the name of several students ({{ids}})",
                name=called,
                ids=", ".join(sorted(found)),
            )
            mend = phrase("write the id of the one that is meant")
            raise ClassFileError(self.rules.file, place, what, mend)
        if not found:
            self.unknown[called] = None
        return next(iter(found), None)


class _Names:
    """Students by id, then by name, without regard to case, spaces and how accents are composed."""

    def __init__(self, students: Iterable[tuple[str, str]], other_ids: Mapping[str, str]) -> None:
        self._exact = dict(other_ids)
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, set[str]] = defaultdict(set)
        for id_, name in students:
            self._exact[id_] = id_
            self._ids[_same(id_)].add(id_)
            if name:
                self._called[_same(name)].add(id_)

    def ids(self, called: str) -> set[str]:
        """Return the ids of all who may be meant."""
        if called in self._exact:
            return {self._exact[called]}
        same = _same(called)
        return self._ids.get(same) or self._called.get(same, set())


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
