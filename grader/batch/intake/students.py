"""The students that own files: those of the roster, or without one all that are found.

A number in a name, which Moodle and Canvas write there, counts only together with the name beside
it: a team's folder has the number of the team, and numbers of another assignment look the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from grader.batch.models import Student
from grader.batch.names import akin, cleaned_name, ordered_name, printable, same_id, same_name
from grader.batch.names import squeezed_names as squeezed
from grader.batch.roster import AmbiguousStudentError, Roster, numbered_name
from grader.course.language_words import words
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.lms.ownership import Owner

# Where names are not shown.
_BLIND = frozenset(map(cleaned_name, words("worksheet", "participant")))


class ConflictingOwnerError(GraderError, LookupError):
    """A name identifies different students, or one that another part of it does not confirm."""


class StudentResolver:
    """The students of a batch.

    ``listed``: the known ones. ``closed``: exactly these are graded, and each gets a row; else
    every student who has handed in something gets one, also an unknown one. ``lasting``: ids are
    for a gradebook.
    """

    def __init__(
        self,
        listed: Roster | None,
        owners: Iterable[Owner],
        *,
        closed: bool = True,
        lasting: bool = False,
    ) -> None:
        self._listed = listed
        self._closed = closed
        self._lasting = lasting
        self._found: dict[str, Student] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._namesakes: dict[Student, set[str]] = defaultdict(set)
        self._numbers_speak = listed is not None and listed.participants
        self._several = False
        self.passing = False
        known = list(dict.fromkeys(owners))
        for owner in known:
            self._numbers_speak |= bool(self._agreeing(owner))
        for owner in known:
            self._learn(owner)

    @property
    def students(self) -> list[Student]:
        """The students of the roster in its order, or those found by name."""
        if self._listed is not None and self._closed:
            return list(self._listed.students)
        found = set(self._found.values())
        return sorted(found, key=lambda one: (same_name(one.name), one.id))

    @property
    def found(self) -> bool:
        """Whether any file belongs, or may belong, to a student."""
        return bool(self._found) or self._several

    def resolve(self, owner: Owner) -> list[Student]:
        """Return the student, or the members of the team; empty: none of the roster.

        Raises:
            AmbiguousStudentError: several fit, or there is only a name and several people have it.
            ConflictingOwnerError: the parts of the name identify different students.

        """
        if self._listed is not None:
            return self._of_the_list(owner, self._listed)
        if len(self._names[same_id(owner.key)]) > 1:
            raise AmbiguousStudentError
        return [self._found[same_id(owner.key)]]

    def _of_the_list(self, owner: Owner, listed: Roster) -> list[Student]:
        student = self._by_ids(owner, listed)
        if student is not None:
            return [student]
        agreeing = self._agreeing(owner)
        team = listed.group(owner.name) if owner.number else []
        if len(agreeing) > 1 or (team and (agreeing or self._is_a_name(owner, listed))):
            raise AmbiguousStudentError
        if agreeing or team:
            return team or list(agreeing)
        named = listed.named(owner.name, packed=owner.packed, squeezed=owner.squeezed)
        if owner.number and self._numbers_speak and (named or listed.numbered(owner.number)):
            raise ConflictingOwnerError
        if named is not None and len(self._namesakes[named]) > 1:
            raise AmbiguousStudentError
        if named is None:
            return [] if self._closed else [self._stranger(owner)]
        return [named]

    @staticmethod
    def _stranger(owner: Owner) -> Student:
        """Return an unknown student. Their number, which may look like an id, is none."""
        id_ = owner.ids[0] if owner.ids else numbered_name(owner.name, owner.number)
        return Student(printable(id_), printable(owner.name), owner.lang)

    @staticmethod
    def _is_a_name(owner: Owner, listed: Roster) -> bool:
        try:
            return listed.named(owner.name, packed=owner.packed) is not None
        except AmbiguousStudentError:
            return True

    @staticmethod
    def _by_ids(owner: Owner, listed: Roster) -> Student | None:
        student = listed.find(owner.ids)
        if student is None:
            return None
        signs = sum(listed.find((id_,)) == student for id_ in owner.ids)
        called = owner.name not in owner.ids and signs == 1
        if called and not all(akin(owner.name, name) for name in listed.calls(student)):
            raise ConflictingOwnerError
        return student

    def _agreeing(self, owner: Owner) -> set[Student]:
        """Return the students with a number whose name is beside it."""
        if self._listed is None or not owner.number:
            return set()
        found = self._listed.numbered(owner.number)
        return {student for student in found if self._beside(owner, student)}

    def _beside(self, owner: Owner, student: Student) -> bool:
        assert self._listed is not None  # noqa: S101 - see _agreeing
        names = self._listed.calls(student)
        if owner.squeezed:
            called = cleaned_name(owner.name)
            return any(called in squeezed(name) for name in names)
        if not names:  # Moodle shows no names where marking is blind
            return owner.passing and cleaned_name(owner.name) in _BLIND
        called, ordered = cleaned_name(owner.name), ordered_name(owner.name)
        # In a download of one group, Moodle writes the group in front of each name.
        return any(
            ordered == ordered_name(name)
            or (owner.passing and called.endswith(f"-{cleaned_name(name)}"))
            for name in names
        )

    def _learn(self, owner: Owner) -> None:
        if self._listed is None:
            self._meet(owner)
            return
        try:
            students = self._of_the_list(owner, self._listed)
        except AmbiguousStudentError:
            self._several = True
            return  # reported when a file of theirs is read
        except ConflictingOwnerError:
            return
        for student in students:
            self._found[student.id] = student
            # Two numbers with one name are two people; two spellings of a name are one.
            self._namesakes[student].add(owner.number or ordered_name(owner.key))

    def _meet(self, owner: Owner) -> None:
        """Register the owner of a file as a student."""
        id_ = owner.key
        if owner.passing and not owner.ids and self._lasting:
            id_ = numbered_name(owner.name, owner.number)
            self.passing = True
        student = Student(printable(id_), printable(owner.name), owner.lang)
        self._found.setdefault(same_id(owner.key), student)
        self._names[same_id(owner.key)].add(cleaned_name(owner.name))
