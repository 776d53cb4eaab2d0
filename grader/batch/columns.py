"""Columns of a class's table: ids, names, groups, by their titles in many systems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.batch.names import same_name
from grader.course.language_words import pattern, words

if TYPE_CHECKING:
    from collections.abc import Iterator

# What tells an id, in the order in which it is taken for it.
_IDS = (
    *("student_number", "identifier", "user_number", "institution_number", "login"),
    *("code_host", "email"),
)
_TITLES_OF_IDS = tuple(
    dict.fromkeys(same_name(title) for name in _IDS for title in words("class_list", name))
)
_NAMES, _FIRST, _LAST, _GROUP, _LANGUAGE, _IDENTIFIER = (
    words("class_list", name)
    for name in ("name", "first_name", "last_name", "group", "language", "identifier")
)
_HASHED = frozenset({"orgdefinedid", "org defined id", "username"})  # "#ada" in Brightspace
_CANVAS = frozenset({"id", "section"}), frozenset({"sis user id", "sis login id"})
_PARTICIPANT = re.compile(
    rf"(?:{pattern('worksheet', 'participant')})\s*(?P<number>[0-9]+)", re.IGNORECASE
)
_NO_STUDENT = "points possible"
_TEST_STUDENTS = frozenset({"student, test", "test student", "student test"})


@dataclass(frozen=True)
class ColumnsOfTable:
    """The student's data in a line.

    ``ids``: in order of preference, empty for an empty cell. ``participant``: the number that
    Moodle gives a student in one assignment, else empty. ``lang``: the student's language.
    """

    ids: list[str]
    name: str
    participant: str = ""
    group: str = ""
    lang: str = ""


class Columns:
    """The columns of one table."""

    def __init__(self, header: list[str]) -> None:
        self._titles = [_title(title) for title in header]
        there = set(self._titles)
        self.canvas = _CANVAS[0] <= there and bool(_CANVAS[1] & there)
        self.groups = any(title in there for title in _GROUP)
        self._hashed = "end-of-line indicator" in there
        self._ids = [title for title in _TITLES_OF_IDS if title in there]

    @property
    def tell_ids(self) -> bool:
        """Whether there is a column of ids."""
        return bool(self._ids)

    def read(self, row: list[str]) -> ColumnsOfTable:
        """Return the student's data in a line."""
        cells = [cell.strip() for cell in row] + [""] * len(self._titles)
        participant = ""
        ids = []
        for title in self._ids:
            cell = cells[self._titles.index(title)]
            found = _PARTICIPANT.fullmatch(cell) if title in _IDENTIFIER else None
            if found is not None:
                participant = found["number"]
                continue
            ids.append(cell.lstrip("#") if self._hashed and title in _HASHED else cell)
        group, lang = (self._cell(cells, titles) for titles in (_GROUP, _LANGUAGE))
        return ColumnsOfTable(ids, self._name(cells), participant, group, lang)

    def is_system_s_own(self, title: ColumnsOfTable) -> bool:
        """Return True if a line is one of Canvas's own, not a student's."""
        name = same_name(title.name)
        if name.endswith(_NO_STUDENT) and not any(title.ids):
            return True
        if not self.canvas:
            return False
        sis = title.ids[self._ids.index("sis user id")] if "sis user id" in self._ids else ""
        return (not title.ids[0] and not name) or (name in _TEST_STUDENTS and not sis)

    def _cell(self, cells: list[str], titles: tuple[str, ...]) -> str:
        """Return the cell of the first column that has one of the titles, else an empty text."""
        return next((cells[self._titles.index(one)] for one in titles if one in self._titles), "")

    def _name(self, cells: list[str]) -> str:
        for title in _NAMES:
            if title in self._titles:
                return cells[self._titles.index(title)]
        return " ".join(filter(None, self._parts(cells)))

    def _parts(self, cells: list[str]) -> Iterator[str]:
        for group in (_FIRST, _LAST):
            titles = (title for title in group if title in self._titles)
            yield next((cells[self._titles.index(title)] for title in titles), "")


def _title(text: str) -> str:
    return " ".join(same_name(text).replace("’", "'").split())
