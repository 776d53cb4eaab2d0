"""A table that the teacher has exported from a learning system, to be filled in."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.names import printable, same_id, same_name
from grader.batch.roster import read_identity
from grader.batch.tables import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.batch.models import GradeRow
    from grader.batch.outputs.final_rows import ExportResult

_GLUE = frozenset("'’`\"")  # inside a word
_DIGITS = "0123456789"
_FEW = 2  # words of a name that must agree if the other one has more


class Template:
    """The table: its lines, found by the student.

    An id counts only with a matching name, because a participant's number of one assignment is
    another's in the next, and a group's number looks the same. An e-mail address suffices. With
    ``listed``, the students' ids are a roster's: then a unique name suffices.
    """

    def __init__(self, path: Path, *, listed: bool = True) -> None:
        """Read the table.

        Raises:
            BatchError: it cannot be read.

        """
        self.table: Table = read_table(path)
        self.listed = listed
        width = len(self.table.header)
        self.lines = [[*row, *[""] * (width - len(row))][:width] for _, row in self.table.rows]
        self._ids: dict[str, set[int]] = defaultdict(set)
        self._named: dict[str, set[int]] = defaultdict(set)
        self.names: list[str] = []
        for place, line in enumerate(self.lines):
            ids, name = read_identity(self.table.header, line)
            self.names.append(name)
            for id_ in filter(None, ids):
                self._ids[same_id(id_).casefold()].add(place)
            if name:
                self._named[_ordered(name)].add(place)

    def column(self, titles: Iterable[str]) -> int | None:
        """Return the position of the column that has one of the titles."""
        wanted = {same_name(title) for title in titles}
        found = [
            place for place, title in enumerate(self.table.header) if same_name(title) in wanted
        ]
        return found[0] if found else None

    def required(self, titles: Iterable[str], called: str) -> int:
        """Return the position of a column.

        Raises:
            BatchError: there is none.

        """
        place = self.column(titles)
        if place is None:
            columns = ", ".join(map(printable, self.table.header))
            raise BatchError(
                "batch.template_columns", file=self.table.file, missing=called, columns=columns
            )
        return place

    def called(self, place: int) -> str:
        """Return the name of a line's student, as the table writes it."""
        return printable(self.names[place] or self.lines[place][0].strip())

    def places(self, student: str, name: str) -> set[int]:
        """Return the lines that may be a student's."""
        by_id = self._ids.get(same_id(student).casefold(), set())
        sure = {place for place in by_id if self._agree(place, student, name)}
        if sure or not name or not (self.listed or not same_id(student).isdecimal()):
            return sure
        return self._named.get(_ordered(name), set())

    def _agree(self, place: int, id_: str, name: str) -> bool:
        """Return True if a line that has the id is the student's."""
        theirs, called = self.names[place], self.lines[place][0]
        if "@" in id_:
            return True
        if same_name(name) in {"", same_name(id_)}:  # only the id is known
            number = called[len(called.rstrip(_DIGITS)) :]
            return not theirs or number != same_id(id_)
        # Where marking is blind, all have one name: Participant.
        return agree(theirs or called.rstrip(_DIGITS + " "), name)

    def placed(
        self, rows: Iterable[GradeRow], written: ExportResult
    ) -> dict[int, dict[str, GradeRow]]:
        """Return the rows by line and exercise; students without an unambiguous line are listed."""
        students: dict[str, list[GradeRow]] = defaultdict(list)
        for row in rows:
            students[row.student].append(row)
        owners: dict[int, list[str]] = defaultdict(list)
        for student, own in students.items():
            name = own[0].name or student
            found = self.places(student, own[0].name)
            if len(found) == 1:
                owners[next(iter(found))].append(student)
            elif any(row.status != "missing" for row in own):
                written.keep("ambiguous" if found else "stranger", name)
        result = {}
        for place, several in owners.items():
            if len(several) > 1:
                written.keep("ambiguous", *(students[one][0].name or one for one in several))
            else:
                result[place] = {row.exercise: row for row in students[several[0]]}
        return result

    def refuse_strangers(self, students: Mapping[str, str]) -> None:
        """Refuse students of whom none has a line here; they are given as names by id.

        Raises:
            BatchError: none has one.

        """
        if not any(self.places(student, name) for student, name in students.items()):
            raise BatchError("batch.template_nobody", file=self.table.file)


def agree(name: str, other: str) -> bool:
    """Return True if two names may be one person's, given that an id matches.

    They may differ by order, punctuation, case and accents, be written in one word (Canvas), or one
    may lack some of the other's words.
    """
    words, others = (_words(unicodedata.normalize("NFKD", one)) for one in (name, other))
    if sorted("".join(words)) == sorted("".join(others)):
        return bool(words)
    fewer, more = sorted((set(words), set(others)), key=len)
    return len(fewer) >= _FEW and fewer <= more


def _ordered(name: str) -> str:
    """Return a name's normal form, regardless of order, case and composition."""
    return " ".join(sorted(_words(unicodedata.normalize("NFC", name))))


def _words(name: str) -> list[str]:
    return "".join(map(_sign, name.casefold())).split()


def _sign(sign: str) -> str:
    if sign.isalnum():
        return sign
    glued = sign in _GLUE or unicodedata.combining(sign)
    return "" if glued else " "
