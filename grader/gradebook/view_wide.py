"""The table with a row for each student, for people: on a screen, or as lines to be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from grader.course.colours import FAINT
from grader.course.phrases import headed
from grader.gradebook.texts import points
from grader.gradebook.totals import exercises_of, totals
from grader.gradebook.view import Line, person, points_pair, total_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course.languages import Translator
    from grader.gradebook.policy import Grade
    from grader.gradebook.totals import Total

_BETWEEN = "  "


def wide_lines(grades: Sequence[Grade], t: Translator, width: int) -> Iterator[Line]:
    """Yield a table with a row for each student; exercises that find no room come in another one.

    A cell is the number of points; where the rules of the class change it, that after them follows.
    """
    names = exercises_of(grades)
    people = list(totals(grades))
    first = ["", *(person(one.student, one.name) for one in people)]
    columns = [[name, *(_cell(one, name, t) for one in people)] for name in names]
    columns.append([t("total"), *(points_pair(one.points, one.after, t) for one in people)])
    columns.append([t("maximum"), *(points(one.maximum, t) for one in people)])
    left = max(map(cell_len, first))
    for number, block in enumerate(_blocks(columns, width - left)):
        if number:
            yield Line("")
        for row, name in enumerate(first):
            line = name + " " * (left - cell_len(name))
            for column in block:
                room = max(map(cell_len, column))
                line += _BETWEEN + " " * (room - cell_len(column[row])) + column[row]
            yield Line(line.rstrip(), "" if row else FAINT)


def spoken_lines(grades: Sequence[Grade], t: Translator) -> Iterator[Line]:
    """Yield a line for each student, which says of each number what it is."""
    for one in totals(grades):
        told = [
            f"{grade.exercise} {points_pair(grade.points, grade.after, t)}" for grade in one.grades
        ]
        told.append(total_text(one, t))
        yield Line(headed(person(one.student, one.name), t) + t("; ").join(told))


def _blocks(columns: list[list[str]], width: int) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    used = 0
    for column in columns:
        room = len(_BETWEEN) + max(map(cell_len, column))
        if block and used + room > width:
            yield block
            block, used = [], 0
        block.append(column)
        used += room
    yield block


def _cell(total: Total, exercise: str, t: Translator) -> str:
    grade = next((one for one in total.grades if one.exercise == exercise), None)
    return "" if grade is None else points_pair(grade.points, grade.after, t)
