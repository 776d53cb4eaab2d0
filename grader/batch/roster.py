"""The roster of a class: its students, and their lookup by id or name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.columns import Columns
from grader.batch.errors import BatchError
from grader.batch.legacy_charsets import words_beyond_ascii
from grader.batch.models import Student
from grader.batch.names import (
    akin,
    cleaned_name,
    ordered_name,
    printable,
    same_id,
    same_name,
    squeezed_names,
)
from grader.batch.tables import Table, read_table
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.batch.columns import ColumnsOfTable

_Index = dict[str, set[Student]]
# Ways to compare names, the strictest first.
_WAYS: tuple[Callable[[str], str], ...] = (same_name, cleaned_name, ordered_name)


class AmbiguousStudentError(GraderError, LookupError):
    """An id or name matches more than one student of the roster."""


def _index() -> _Index:
    return defaultdict(set)


@dataclass
class Roster:
    """The students of a class.

    ``participants``: whether it is Moodle's worksheet, which contains each student's number in its
    assignment. ``passing``: whether some students have no other id than that number.
    """

    students: list[Student]
    participants: bool = False
    passing: bool = False
    _ids: _Index = field(default_factory=_index)
    _loose: _Index = field(default_factory=_index)
    _names: tuple[_Index, ...] = field(default_factory=lambda: tuple(_index() for _ in _WAYS))
    _squeezed: _Index = field(default_factory=_index)
    _numbers: _Index = field(default_factory=_index)
    _called: dict[Student, set[str]] = field(default_factory=lambda: defaultdict(set))
    _groups: dict[str, dict[str, list[Student]]] = field(default_factory=dict)

    def add_id(self, student: Student, aliases: Iterable[str] = (), name: str = "") -> None:
        """Index a student by id, aliases and name."""
        for id_ in (student.id, *aliases):
            self._ids[same_id(id_)].add(student)
            self._loose[same_name(id_)].add(student)
        called = name or student.name
        if called:
            self._called[student].add(called)
            for way, names in zip(_WAYS, self._names, strict=True):
                names[way(called)].add(student)
            for squeezed in squeezed_names(called):
                self._squeezed[squeezed].add(student)

    def take_part(self, student: Student, number: str, group: str = "") -> None:
        """Index a student by the number in Moodle's assignment, and as a member of a group."""
        if number:
            self._numbers[number].add(student)
        if group:
            members = self._groups.setdefault(cleaned_name(group), {}).setdefault(group, [])
            members.append(student)

    def find(self, ids: Iterable[str], name: str = "") -> Student | None:
        """Return the student with one of the ids, else the only one with this name, else None.

        Raises:
            AmbiguousStudentError: several students fit.

        """
        found: set[Student] = set()
        for id_ in ids:
            found |= self._by_id(id_)
        if found or not name:
            return _only(found)
        return self.named(name)

    def named(self, name: str, *, packed: bool = False, squeezed: bool = False) -> Student | None:
        """Return the only student of a name, ignoring its order, punctuation, case and composition.

        ``packed``: characters have been stripped from it; ``squeezed``: it is written as Canvas
        does.

        Raises:
            AmbiguousStudentError: several students fit.

        """
        if squeezed:
            return _only(self._squeezed.get(cleaned_name(name), set()))
        for way, names in list(zip(_WAYS, self._names, strict=True))[1 if packed else 0 :]:
            found = names.get(way(name), set())
            if found:
                return _only(found)
        return None

    def numbered(self, number: str) -> set[Student]:
        """Return the students with a number: in Moodle's assignment, else as an id."""
        return set(self._numbers.get(number, ())) if self.participants else self._by_id(number)

    def group(self, name: str) -> list[Student]:
        """Return the members of the group with a folder's name.

        Raises:
            AmbiguousStudentError: several groups have such a name.

        """
        found = self._groups.get(cleaned_name(name), {})
        if len(found) > 1:
            raise AmbiguousStudentError
        return next(iter(found.values()), [])

    def calls(self, student: Student) -> set[str]:
        """Return the names of a student."""
        return self._called.get(student, set())

    def knows(self, called: str) -> bool:
        """Return True if a student has this id or name."""
        try:
            return self.find((called,), called) is not None
        except AmbiguousStudentError:
            return True

    def words(self) -> set[str]:
        """Return the words of names and ids with letters beyond ASCII, in lower case."""
        names = (name for called in self._called.values() for name in called)
        texts = map(cleaned_name, (*names, *self._loose))
        return {word for text in texts for word in words_beyond_ascii(text)}

    def _by_id(self, id_: str) -> set[Student]:
        exact = self._ids.get(same_id(id_), set())
        own = {student for student in exact if same_id(student.id) == same_id(id_)}
        # An id counts before another student's alias, and its exact spelling before another case.
        return set(own or exact or self._loose.get(same_name(id_), set()))


def _only(found: set[Student]) -> Student | None:
    if len(found) > 1:
        raise AmbiguousStudentError
    return next(iter(found), None)


def read_roster(path: Path, *, lasting: bool = False) -> Roster:
    """Read a roster: CSV with a column of ids and, better, one of names.

    ``lasting``: ids are for a gradebook. If Moodle's number of one assignment is the only id, the
    name is put in front of it.

    Raises:
        BatchError: it cannot be read, has no ids, or has one twice.

    """
    table = read_table(path)
    columns = Columns(table.header)
    if not columns.tell_ids:
        titles = ", ".join(map(printable, table.header))
        raise BatchError("batch.roster_columns", file=table.file, columns=titles)
    roster = Roster([])
    seen: dict[str, int] = {}
    for line, row in table.rows:
        columns_read = columns.read(row)
        if columns.is_system_s_own(columns_read):
            continue
        id_ = _id(columns_read, lasting=lasting)
        _check(table, line, id_, seen)
        student = Student(printable(id_), printable(columns_read.name), columns_read.lang)
        roster.students.append(student)
        roster.add_id(student, filter(None, columns_read.ids), columns_read.name)
        roster.take_part(student, columns_read.participant, columns_read.group)
        roster.participants |= bool(columns_read.participant)
        roster.passing |= lasting and bool(columns_read.participant) and not any(columns_read.ids)
    if not roster.students:
        raise BatchError("batch.roster_empty", file=table.file)
    return roster


def _id(columns_read: ColumnsOfTable, *, lasting: bool) -> str:
    """Return the id of a student: in Moodle's worksheet the first kind that others have as well."""
    if not columns_read.participant:
        return columns_read.ids[0] if columns_read.ids else ""
    number = (
        numbered_name(columns_read.name, columns_read.participant)
        if lasting
        else columns_read.participant
    )
    return next(filter(None, columns_read.ids), number)


def numbered_name(name: str, number: str) -> str:
    """Return the id of a student of whom only Moodle's number of one assignment is known."""
    return f"{name} ({number})" if name else number


def join(roster: Roster, sheet: Path) -> None:
    """Add the ids of Moodle's or Canvas's own table to the students of a roster.

    Raises:
        BatchError: the table cannot be read.

    """
    table = read_table(sheet)
    columns = Columns(table.header)
    for _, row in table.rows:
        columns_read = columns.read(row)
        if not (columns_read.participant or columns.canvas) or columns.is_system_s_own(
            columns_read
        ):
            continue
        roster.participants |= bool(columns_read.participant)
        try:
            student = roster.find(filter(None, columns_read.ids), columns_read.name)
        except AmbiguousStudentError:
            continue  # the worksheet does not identify one of them
        if student is not None and akin(student.name, columns_read.name):
            roster.add_id(
                student, filter(None, columns_read.ids if columns.canvas else ()), columns_read.name
            )
            roster.take_part(student, columns_read.participant, columns_read.group)


def read_identity(header: list[str], row: list[str]) -> tuple[list[str], str]:
    """Return the ids in a line of a table, in order of preference, and the name."""
    columns_read = Columns(header).read(row)
    numbers = [columns_read.participant, numbered_name(columns_read.name, columns_read.participant)]
    return [*columns_read.ids, *(numbers if columns_read.participant else ())], columns_read.name


def read_participant(header: list[str], row: list[str]) -> str:
    """Return the number of Moodle's participant in a line of a table; empty where it has none."""
    return Columns(header).read(row).participant


def read_group(header: list[str], row: list[str]) -> str:
    """Return the group in a line of a table; empty where it has none."""
    return Columns(header).read(row).group


def _check(table: Table, line: int, id_: str, seen: dict[str, int]) -> None:
    if not id_:
        raise BatchError("batch.roster_no_id", file=table.file, line=line)
    first = seen.setdefault(same_id(id_), line)
    if first != line:
        raise BatchError(
            "batch.roster_duplicate",
            file=table.file,
            student=printable(id_),
            first=first,
            line=line,
        )
