"""A CSV for Canvas's gradebook: Student, ID, SIS fields, Section, and a column an assignment.

With the teacher's own export as template, its lines and titles are used, so that Canvas knows
students by their SIS ids as well and assignments by their number; without, an assignment is found
by its title, and Canvas offers to make one where there is none.

Canvas deletes a grade for an empty cell. So the file contains only lines with a non-empty cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError, LmsError
from grader.batch.lms.export import Export, ExportTask
from grader.batch.name_words import exercise_numbers
from grader.batch.names import printable, same_name
from grader.batch.outputs.csv_file import write_table
from grader.batch.outputs.final_rows import (
    ExportResult,
    Kept,
    latest_attempts,
    number,
    validated_rows,
)
from grader.batch.outputs.grade_cells import changes, current_grade, falls
from grader.batch.outputs.rules import (
    Rules,
    Worth,
    asks_for_part,
    awarded,
    check_maximum,
    worths_of,
)
from grader.batch.outputs.template import Template
from grader.course.languages import msgid
from grader.course.phrases import phrases
from grader.report.csv_escape import escape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from grader.batch.models import GradeRow
    from grader.course.phrases import Phrase
    from grader.gradebook.policy import Grade

_CLOSED = msgid(
    "Canvas takes no grades in the column {{title}} of {{file}}. Name the assignment's own column "
    "with --title."
)
_POSSIBLE = "    Points Possible"
_NUMBER = re.compile(r"\s*\([0-9]+\)\s*$")
_READ_ONLY = re.compile(r"read\s+only")
_EXCUSED = frozenset({"ex", "n/a"})
_TEST_STUDENT = frozenset({"student, test", "test student"})


class Canvas:
    """An export of the gradebook: read and checked before the judging, filled in afterwards."""

    def __init__(
        self,
        template: Path,
        worths: Mapping[str, Worth],
        titles: Mapping[str, str],
        rules: Rules,
        *,
        listed: bool = True,
    ) -> None:
        """Read the export.

        ``titles``: the assignment of each exercise; else the exercise's id, or the only column
        whose title names the exercise. ``listed``: the students are those of a roster.

        Raises:
            BatchError: the export lacks a column, or one of them cannot take the grades.

        """
        self.sheet = sheet = Template(template, listed=listed)
        self.worths = worths
        self.rules = rules
        if sheet.column(["Student"]) is None:
            sheet.required(["LastName"], "Student")
            sheet.required(["FirstName"], "FirstName")
        self._id = sheet.required(["ID"], "ID")
        self._section = sheet.required(["Section"], "Section")
        self.columns = {
            exercise: sheet.required([self._called(exercise, titles.get(exercise))], title)
            for exercise in worths
            for title in [titles.get(exercise, exercise)]
        }
        self._possible = {
            exercise: self._checked(exercise, column) for exercise, column in self.columns.items()
        }

    def _called(self, exercise: str, title: str | None) -> str:
        """Return the title of an exercise's column, by the teacher's choice or a file's name.

        Raises:
            BatchError: several columns could be meant.

        """
        header = self.sheet.table.header[self._section + 1 :]
        wanted = exercise if title is None else title
        found = [one for one in header if wanted in {one, _NUMBER.sub("", one)}]
        if not found and title is None:
            found = [one for one in header if exercise_numbers(one) == exercise_numbers(exercise)]
        if len(found) > 1:
            raise BatchError(
                "batch.template_several",
                file=self.sheet.table.file,
                exercise=exercise,
                columns=", ".join(map(printable, found)),
            )
        return found[0] if found else wanted

    def _checked(self, exercise: str, column: int) -> Decimal | None:
        """Return the points possible, None if the export does not give them.

        Raises:
            BatchError: the cell is no number, or does not fit.

        """
        file = self.sheet.table.file
        for line in self.sheet.lines:
            if not line[0].strip().casefold().startswith("points possible"):
                continue
            cell = line[column].strip()
            if _READ_ONLY.search(cell):
                title = printable(self.sheet.table.header[column])
                raise LmsError("batch.template_read_only", _CLOSED, file=file, title=title)
            try:
                possible = current_grade(cell)
            except ValueError:
                possible = None
            if possible is not None:
                check_maximum(file, cell, possible, [self.worths[exercise]], self.rules)
            return possible
        return None

    def _part(self, exercise: str) -> bool:
        """Return True if the assignment of an exercise expects only the points reachable here."""
        return asks_for_part([self.worths[exercise]], self._possible[exercise])

    def write(self, rows: Iterable[GradeRow], path: Path) -> ExportResult:
        """Write the file that Canvas imports; ``rows``: one for each student and exercise.

        It contains Canvas's own lines, those that get a grade, and those of the batch whose old
        grade, or excuse, stays.

        Raises:
            BatchError: points cannot be right, or the file cannot be written.

        """
        written = ExportResult("canvas", changed=0, part=frozenset(filter(self._part, self.worths)))
        placed = self.sheet.placed(validated_rows(rows), written)
        lines = [self.sheet.table.header]
        for place, line in enumerate(self.sheet.lines):
            if not line[self._id].strip() or self._filled(place, placed.get(place, {}), written):
                lines.append(line)
        columns = [*range(self._section + 1), *self.columns.values()]
        write_table([[line[column] for column in columns] for line in lines], path)
        return written

    def _filled(self, place: int, own: Mapping[str, GradeRow], written: ExportResult) -> bool:
        """Fill in a line; return True if it belongs into the file."""
        unknown = not own and self.sheet.listed
        if unknown or same_name(self.sheet.names[place]) in _TEST_STUDENT:
            return False
        line, filled = self.sheet.lines[place], False
        name = self.sheet.called(place)
        for exercise, column in self.columns.items():
            row = own.get(exercise)
            kept = self._kept(line, exercise, row, name, written)
            if kept is not None and (row is not None or kept.reason != "excused"):
                written.kept.append(kept)
            filled |= kept is None or (row is not None and bool(line[column].strip()))
        return filled

    def _kept(
        self, line: list[str], exercise: str, row: GradeRow | None, name: str, written: ExportResult
    ) -> Kept | None:
        """Fill in a cell, or return the reason why it stays."""
        column, possible = self.columns[exercise], self._possible[exercise]
        if line[column].strip().casefold() in _EXCUSED:
            return Kept(name, "excused")
        try:
            old = current_grade(line[column])
        except ValueError:
            return Kept(name, "text")
        own = {} if row is None else {exercise: row}
        worths = {exercise: self.worths[exercise]}
        award = awarded(own, worths, self.rules, part=self._part(exercise))
        if isinstance(award, str):
            return Kept(name, award)
        points = award.scaled(possible) if self.rules.scale and possible else award.points
        if falls(old, points) and not self.rules.allow_lower:
            return Kept(name, "lower", old, points)
        line[column] = number(points)
        written.grades += 1
        written.changed = (written.changed or 0) + changes(old, points)
        return None


class CanvasExport(Export):
    """The export of the gradebook filled in, or a table made from scratch."""

    title = "Canvas"
    writes = "canvas.csv"
    template = "optional"

    def __init__(self, task: ExportTask, rules: Rules) -> None:
        """Read the export, if there is one.

        Raises:
            BatchError: it cannot be filled in with these grades.

        """
        super().__init__(task, rules)
        self._export = None
        if task.template is not None:
            self._export = Canvas(
                task.template, task.worths, task.titles, rules, listed=task.listed
            )
            self.sheet = self._export.sheet

    def write(self, rows: Iterable[GradeRow], grades: Iterable[Grade], out: Path) -> ExportResult:
        """Write canvas.csv.

        Raises:
            BatchError: points are invalid, or the file cannot be written.

        """
        counting, path = latest_attempts(rows, grades), out / self.writes
        if self._export is None:
            return write_canvas(counting, path, titles=self.task.titles, rules=self.rules)
        self._export.rules = self.rules
        return self._export.write(counting, path)

    @classmethod
    def preview(cls, changed: int, /) -> Sequence[Phrase]:
        """Return how many changes Canvas must show."""
        changes_line = phrases(
            "Canvas must show {{n}} change before it takes the file.",
            "Canvas must show {{n}} changes before it takes the file.",
            changed,
        )
        return (changes_line,)


def write_canvas(
    rows: Iterable[GradeRow],
    path: Path,
    template: Path | None = None,
    titles: Mapping[str, str] | None = None,
    sis: bool = False,
    rules: Rules | None = None,
) -> ExportResult:
    """Write the file that Canvas imports.

    ``rows``: one for each student and exercise. ``titles``: the assignment of each exercise.
    ``sis``: the students' ids are SIS user ids, not Canvas's own (without a template).

    Raises:
        BatchError: as for `Canvas` and its `write`. Then nothing is written.

    """
    kept = validated_rows(rows)
    worths = worths_of(kept)
    if template is not None:
        return Canvas(template, worths, titles or {}, rules or Rules()).write(kept, path)
    named = {exercise: (titles or {}).get(exercise, exercise) for exercise in worths}
    written = ExportResult("canvas")
    write_table(_made(kept, worths, named, sis, rules or Rules(), written), path)
    return written


def _made(
    rows: list[GradeRow],
    worths: Mapping[str, Worth],
    titles: Mapping[str, str],
    sis: bool,
    rules: Rules,
    written: ExportResult,
) -> list[list[str]]:
    """Return the lines of a new table, with one for each student whose grades are complete."""
    possible = {one: worths[one].maximum for one in titles}
    lines = [
        # Titles are the teacher's own, by which Canvas finds the assignment: they stay.
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles.values()],
        [_POSSIBLE, "", "", "", "", *map(number, possible.values())],
    ]
    students: dict[str, dict[str, GradeRow]] = defaultdict(dict)
    for row in rows:
        students[row.student][row.exercise] = row
    for student, own in students.items():
        name = next(iter(own.values())).name
        awards = {one: awarded(own, {one: worths[one]}, rules) for one in titles}
        reason = next((award for award in awards.values() if isinstance(award, str)), None)
        if reason is not None:
            written.keep(reason, name or student)
            continue
        ids = ("", escape_formula(student)) if sis else (escape_formula(student), "")
        points = [
            number(award.scaled(possible[one]) if rules.scale else award.points)
            for one, award in awards.items()
            if not isinstance(award, str)
        ]
        lines.append([escape_formula(name), *ids, "", "", *points])
        written.grades += len(points)
    return lines
