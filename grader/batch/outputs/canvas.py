"""A CSV for Canvas's gradebook: Student, ID, SIS fields, Section, and a column an assignment.

With the teacher's own export as template, its lines and titles are used, so that Canvas knows
students by their SIS ids as well and assignments by their number; without, an assignment is found
by its title, and Canvas offers to make one where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.intake.exercises import numbers_in
from grader.batch.outputs.files import write_table
from grader.batch.outputs.points import Written, checked, number
from grader.batch.outputs.template import Template
from grader.report.cells import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Row

_POSSIBLE = "    Points Possible"
_NUMBER = re.compile(r"\s*\([0-9]+\)\s*$")


def write_canvas(
    rows: Iterable[Row],
    path: Path,
    template: Path | None = None,
    titles: Mapping[str, str] | None = None,
    sis: bool = False,
) -> Written:
    """Write the file that Canvas imports.

    ``rows``: one for each student and exercise. ``titles``: the assignment of each exercise; else
    the exercise's id, or in a template the only column whose title tells the exercise. ``sis``:
    the students' ids are SIS user ids, not Canvas's own (without a template).

    Raises:
        BatchProblem: the template lacks a column, or a student cannot be told from another one.
            Then nothing is written.

    """
    kept = checked(rows)
    exercises = dict.fromkeys(row.exercise for row in kept)
    named = {exercise: (titles or {}).get(exercise, exercise) for exercise in exercises}
    written = Written()
    if template is None:
        lines = _made(kept, named, sis, written)
    else:
        lines = _filled(kept, named, Template(template), written)
    write_table(lines, path)
    return written


def _made(
    rows: list[Row], titles: Mapping[str, str], sis: bool, written: Written
) -> list[list[str]]:
    """Return the lines of a new table."""
    maxima = {row.exercise: number(row.maximum) for row in rows}
    lines = [
        # Titles are the teacher's own words, by which Canvas finds the assignment: they stay.
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles.values()],
        [_POSSIBLE, "", "", "", "", *(maxima[exercise] for exercise in titles)],
    ]
    students: dict[str, list[str]] = {}
    columns = {exercise: 5 + place for place, exercise in enumerate(titles)}
    for row in rows:
        ids = ("", safe(row.student)) if sis else (safe(row.student), "")
        empty = [safe(row.name), *ids, "", "", *[""] * len(titles)]
        _fill(students.setdefault(row.student, empty), columns[row.exercise], row, written)
    return [*lines, *students.values()]


def _filled(
    rows: list[Row], titles: Mapping[str, str], sheet: Template, written: Written
) -> list[list[str]]:
    """Return of the teacher's table the lines of Canvas's own, and those that get a grade."""
    sheet.required(["Student"], "Student")
    sheet.required(["ID"], "ID")
    section = sheet.required(["Section"], "Section")
    header = sheet.table.header
    columns = {
        exercise: sheet.required(_called(header[section + 1 :], exercise, title), title)
        for exercise, title in titles.items()
    }
    changed: set[int] = set()
    for row in rows:
        place = sheet.line_of(row)
        if place is None:
            name = row.name or row.student
            written.strangers += [name] if name not in written.strangers else []
        else:
            _fill(sheet.lines[place], columns[row.exercise], row, written)
            changed.add(place)
    kept = [*range(section + 1), *columns.values()]
    own = {place for place, line in enumerate(sheet.lines) if not line[1].strip()}
    lines = [sheet.lines[place] for place in sorted(changed | own)]
    return [[line[column] for column in kept] for line in (header, *lines)]


def _called(header: list[str], exercise: str, title: str) -> list[str]:
    """Return what the column of an exercise is called: its title, with or without its number.

    Else the only one whose title tells the exercise as the name of a file would: ``Ex11 (77)``.
    """
    found = [one for one in header if title in {one, _NUMBER.sub("", one)}]
    if not found:
        found = [one for one in header if numbers_in(one) == numbers_in(exercise)]
    return found if len(found) == 1 else []


def _fill(line: list[str], column: int, row: Row, written: Written) -> None:
    if row.reached is None:
        written.left_open.append(row.name or row.student)
    else:
        line[column] = number(row.reached)
        written.grades += 1
