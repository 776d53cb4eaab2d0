"""The list of a class: who is in it, and which student is meant by an id or a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.models import Student
from grader.batch.names import printable, same_id, same_name, trailing_number
from grader.batch.problems import BatchProblem
from grader.batch.tables import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Titles of columns, in the order in which they are taken for the id. Moodle's, Canvas's and
# Gradescope's own exports are rosters too.
_IDS = (
    *("id", "student id", "student_id", "studentid", "sid", "student number", "matricule"),
    *("identifier", "identifiant", "идентификатор", "user id", "user_id", "userid"),
    *("id number", "numéro d'identification", "numéro étudiant", "numéro d'étudiant"),
    *("n° étudiant", "id étudiant", "индивидуальный номер", "номер", "номер студента"),
    *("id студента", "номер зачётки", "номер зачетки", "табельный номер"),
    *("sis user id", "sis login id", "login", "username", "user name", "nom d'utilisateur"),
    *("identifiant de connexion", "логин", "имя пользователя", "email", "e-mail"),
    *("email address", "adresse de courriel", "adresse e-mail", "courriel"),
    *("адрес электронной почты", "эл. почта", "почта"),
)
_NAMES = (
    *("name", "full name", "fullname", "student", "student name", "user full name"),
    *("nom complet", "étudiant", "nom de l'étudiant", "nom et prénom", "nom prénom"),
    *("полное имя", "фио", "ф.и.о.", "студент", "имя студента", "имя и фамилия"),
)
_FIRST = ("first name", "firstname", "given name", "prénom", "имя")
_LAST = ("last name", "lastname", "surname", "family name", "nom", "nom de famille", "фамилия")
_TITLES_OF_IDS = tuple(dict.fromkeys(same_name(title) for title in _IDS))
_NUMBERED = frozenset({"identifier", "identifiant", "идентификатор"})
_NO_STUDENT = "points possible"


class Ambiguous(LookupError):  # noqa: N818 - no fault: two students have one name
    """More than one student of the roster is meant."""


@dataclass
class Roster:
    """The students of a class."""

    students: list[Student]
    _ids: dict[str, set[Student]] = field(default_factory=lambda: defaultdict(set))
    _loose: dict[str, set[Student]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[str, set[Student]] = field(default_factory=lambda: defaultdict(set))

    def know(self, student: Student, aliases: Iterable[str] = ()) -> None:
        """Let a student be found by id, aliases and name."""
        for id_ in (student.id, *aliases):
            self._ids[same_id(id_)].add(student)
            self._loose[same_name(id_)].add(student)
        if student.name:
            self._names[same_name(student.name)].add(student)

    def find(self, ids: Iterable[str], name: str = "") -> Student | None:
        """Return who has one of the ids, else the only one with exactly this name, else None.

        Raises:
            Ambiguous: several students fit.

        """
        found: set[Student] = set()
        for id_ in ids:
            found |= self._by_id(id_)
        if not found and name:
            found = self._names.get(same_name(name), set())
        if len(found) > 1:
            raise Ambiguous
        return next(iter(found), None)

    def knows(self, called: str) -> bool:
        """Tell whether a student has this id or name."""
        try:
            return self.find((called,), called) is not None
        except Ambiguous:
            return True

    def _by_id(self, id_: str) -> set[Student]:
        exact = self._ids.get(same_id(id_), set())
        own = {student for student in exact if same_id(student.id) == same_id(id_)}
        # An id counts before somebody else's alias, and its exact spelling before another case.
        return own or exact or self._loose.get(same_name(id_), set())


def read_roster(path: Path) -> Roster:
    """Read a roster: CSV with a column of ids and, better, one of names.

    Raises:
        BatchProblem: it cannot be read, has no ids, or has one twice.

    """
    table = read_table(path)
    if not any(identify(table.header, ["?"] * len(table.header))[0]):
        columns = ", ".join(map(printable, table.header))
        raise BatchProblem("batch.roster_columns", file=table.file, columns=columns)
    roster = Roster([])
    seen: dict[str, int] = {}
    for line, row in table.rows:
        (id_, *aliases), name = identify(table.header, row)
        if not id_ and same_name(name).endswith(_NO_STUDENT):
            continue  # a line of Canvas's own
        _check(table, line, id_, seen)
        student = Student(printable(id_), printable(name))
        roster.students.append(student)
        roster.know(student, filter(None, aliases))
    if not roster.students:
        raise BatchProblem("batch.roster_empty", file=table.file)
    return roster


def identify(header: list[str], row: list[str]) -> tuple[list[str], str]:
    """Return the ids in a line of a table, the best first, empty where a cell is, and the name."""
    titles = [_title(title) for title in header]
    cells = [cell.strip() for cell in row] + [""] * len(titles)
    columns = [titles.index(title) for title in _TITLES_OF_IDS if title in titles]
    return [_id(titles[column], cells[column]) for column in columns], _name(titles, cells)


def _title(text: str) -> str:
    return " ".join(same_name(text).replace("’", "'").split())


def _check(table: Table, line: int, id_: str, seen: dict[str, int]) -> None:
    if not id_:
        raise BatchProblem("batch.roster_no_id", file=table.file, line=line)
    first = seen.setdefault(same_id(id_), line)
    if first != line:
        raise BatchProblem(
            "batch.roster_duplicate",
            file=table.file,
            student=printable(id_),
            first=first,
            line=line,
        )


def _id(title: str, cell: str) -> str:
    """Return the id in a cell; of Moodle's ``Participant 123`` the number."""
    number = trailing_number(cell) if title in _NUMBERED else None
    return cell if number is None or not cell[: -len(number)].strip().isalpha() else number


def _name(titles: list[str], cells: list[str]) -> str:
    for title in _NAMES:
        if title in titles:
            return cells[titles.index(title)]
    return " ".join(filter(None, _parts(titles, cells)))


def _parts(titles: list[str], cells: list[str]) -> Iterator[str]:
    for group in (_FIRST, _LAST):
        yield next((cells[titles.index(title)] for title in group if title in titles), "")
