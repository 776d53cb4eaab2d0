"""Moodle's offline grading worksheet, filled in.

Moodle finds its columns by their titles in the teacher's language and the students by
``Participant 123``, and passes over in silence what it does not like. So the worksheet itself is
the template: its titles and all other cells stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.names import printable
from grader.batch.outputs.files import write_table
from grader.batch.outputs.points import Written, checked, number
from grader.batch.outputs.template import Template
from grader.batch.problems import BatchProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Row

# Moodle's own words, in the languages that the grader speaks.
_IDENTIFIER = ("Identifier", "Identifiant", "Идентификатор")
_GRADE = ("Grade", "Note", "Оценка")
_MAXIMUM = ("Maximum grade", "Note maximale", "Максимальная оценка")
_SCALE = ("Scale", "Barème", "Шкала")
_MODIFIED = (
    *("Last modified (grade)", "Dernière modification (note)"),
    *("Последнее изменение (оценка)",),
)


def write_moodle(rows: Iterable[Row], template: Path, path: Path) -> Written:
    """Fill in the worksheet; a student's points in several exercises are added up.

    ``rows``: one for each student and exercise.

    Raises:
        BatchProblem: the worksheet is not Moodle's, a grade is over its maximum, or a student
            cannot be told from another one. Then nothing is written.

    """
    sheet = Template(template)
    sheet.required(_IDENTIFIER, _IDENTIFIER[0])
    sheet.required(_MODIFIED, _MODIFIED[0])
    grade = sheet.required(_GRADE, _GRADE[0])
    if sheet.column(_MAXIMUM) is None and sheet.column(_SCALE) is not None:
        raise BatchProblem("batch.template_scale", file=str(template))
    maximum = sheet.required(_MAXIMUM, _MAXIMUM[0])
    written = Written()
    for student in _by_student(checked(rows)):
        name = student[0].name or student[0].student
        place = sheet.line_of(student[0])
        points = [row.reached for row in student if row.reached is not None]
        if len(points) < len(student):
            written.left_open.append(name)
        elif place is None:
            written.strangers.append(name)
        else:
            line = sheet.lines[place]
            line[grade] = _allowed(sum(points, Decimal(0)), line[maximum], name, template)
            written.grades += 1
    write_table([sheet.table.header, *sheet.lines], path)
    return written


def _by_student(rows: list[Row]) -> list[list[Row]]:
    students: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        students[row.student].append(row)
    return list(students.values())


def _allowed(points: Decimal, cell: str, name: str, template: Path) -> str:
    """Return the points as Moodle reads them. Raises BatchProblem: they are over the maximum."""
    try:
        maximum = Decimal(cell.strip().replace(",", "."))
    except InvalidOperation:
        maximum = Decimal("NaN")
    if not maximum.is_finite() or points > maximum:
        raise BatchProblem(
            "batch.over_maximum",
            student=name,
            points=number(points),
            file=str(template),
            maximum=printable(cell.strip()) or "?",
        )
    return number(points)
