"""Moodle's offline grading worksheet, filled in.

Moodle finds its columns by their titles in the teacher's language and the students by ``Participant
123``, and silently ignores what it does not recognise. So the worksheet itself is the template, and
only the columns that the importer reads are written back: any other can break the file (a backslash
escapes the next quotation mark), or overwrite comments in Moodle.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.errors import LmsError
from grader.batch.lms.export import Export, ExportTask
from grader.batch.outputs import worksheet
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
from grader.course.phrases import phrase, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.batch.models import GradeRow
    from grader.course.phrases import Phrase
    from grader.gradebook.policy import Grade

_BY_SCALE = msgid(
    "The assignment of {{file}} is graded by a scale, not by points. Set it to points in Moodle "
    "and download the worksheet again."
)
_BACKSLASH = "&#92;"  # in a comment, which Moodle takes for HTML


class Moodle:
    """A worksheet: read and checked before anything is judged, filled in afterwards."""

    def __init__(
        self,
        template: Path,
        worths: Mapping[str, Worth],
        rules: Rules,
        *,
        listed: bool = True,
    ) -> None:
        """Read the worksheet.

        ``worths``: the exercises whose points are added up for a grade. ``listed``: the students
        are those of a roster.

        Raises:
            BatchError: the worksheet is not Moodle's, or its maximum differs.

        """
        self.sheet = Template(template, listed=listed)
        self.worths = worths
        self.rules = rules
        self.comments: Mapping[str, str] = {}  # HTML by student
        sheet = self.sheet
        self._identifier = self._required("identifier")
        self._modified = self._required("modified")
        self._grade = self._required("grade")
        if self._column("maximum") is None and self._column("scale") is not None:
            raise LmsError("batch.template_scale", _BY_SCALE, file=str(template))
        column = self._required("maximum")
        self._status = self._column("status")
        self._changeable = self._column("changeable")
        filled = rules.comments and rules.feedback
        self._comment = self._required("comments") if filled else None
        self._maxima = [_maximum(line[column]) for line in sheet.lines]
        for line, maximum in zip(sheet.lines, self._maxima, strict=True):
            check_maximum(str(template), line[column], maximum, worths.values(), rules)

    def _column(self, name: str) -> int | None:
        return self.sheet.column(worksheet.titles(name))

    def _required(self, name: str) -> int:
        titles = worksheet.titles(name)
        return self.sheet.required(titles, titles[0])

    def lateness(self, rows: Iterable[GradeRow]) -> dict[str, bool]:
        """Return who was late, by id, if the worksheet says it."""
        if self._status is None:
            return {}
        told = {}
        for place, own in self.sheet.placed(rows, ExportResult()).items():
            late = worksheet.late(self.sheet.lines[place][self._status])
            if late is not None:
                told[next(iter(own.values())).student] = late
        return told

    def write(self, rows: Iterable[GradeRow], path: Path) -> ExportResult:
        """Write the file that Moodle imports; ``rows``: one for each student and exercise.

        Raises:
            BatchError: points are invalid, or the file cannot be written.

        """
        part = any(asks_for_part(self.worths.values(), one) for one in self._maxima)
        asked = frozenset(self.worths) if part else frozenset()
        written = ExportResult("moodle", changed=0, part=asked)
        placed = self.sheet.placed(validated_rows(rows), written)
        columns = [self._identifier, self._grade, self._modified]
        if self.rules.comments:  # Moodle's last columns
            columns += range(self._modified + 1, len(self.sheet.table.header))
        lines = [self.sheet.table.header]
        for place, line in enumerate(self.sheet.lines):
            date = worksheet.iso(line[self._modified])
            own = placed.get(place)
            grade = self._filled(place, own, written)
            comment = self._commented(line, own)
            if self._says_nothing(line, grade, comment):
                continue
            if grade is not None and date is None:
                written.undated.append(self.sheet.called(place))
            filled = list(line)
            filled[self._grade] = _standing_text(line[self._grade]) if grade is None else grade
            filled[self._modified] = line[self._modified] if date is None else date
            if self._comment is not None and comment:
                filled[self._comment] = comment
            lines.append(filled)
        write_table([_cells(line, sorted(columns), self._modified) for line in lines], path)
        return written

    def _commented(self, line: list[str], own: Mapping[str, GradeRow] | None) -> str:
        """Return the comment for the student of a line, as HTML; empty: there is none."""
        if self._state(line) in worksheet.UNFINISHED:
            return ""
        return next((self.comments.get(row.student, "") for row in (own or {}).values()), "")

    def _state(self, line: list[str]) -> str:
        return "" if self._status is None else worksheet.state(line[self._status])

    def _says_nothing(self, line: list[str], grade: str | None, comment: str) -> bool:
        """Return True if a line would only give its comment back, stripped of its formatting.

        A grade in a line where Moodle has none is the teacher's own.
        """
        if self._comment is None or grade is not None or comment:
            return False
        typed = line[self._grade].strip() and worksheet.iso(line[self._modified]) in {"", "-"}
        return not typed

    def _filled(
        self, place: int, own: Mapping[str, GradeRow] | None, written: ExportResult
    ) -> str | None:
        """Return the new text of a cell; None: it stays, and its student is listed."""
        line, name = self.sheet.lines[place], self.sheet.called(place)
        try:
            old = current_grade(line[self._grade])
        except ValueError:
            written.keep("text", name)  # Moodle would read it as a number, mostly as 0
            return None
        if own is None and self.sheet.listed:
            return None  # not a student of this class
        if self._changeable is not None and not worksheet.changeable(line[self._changeable]):
            written.keep("locked", name)
            return None
        state = self._state(line)
        maximum = self._maxima[place]
        part = asks_for_part(self.worths.values(), maximum)
        award = awarded(own or {}, self.worths, self.rules, state, part=part)
        if isinstance(award, str):
            written.keep(award, name)
            return None
        points = award.scaled(maximum) if self.rules.scale and maximum else award.points
        refused = self._refused(old, points, maximum)
        if refused:
            written.kept.append(Kept(name, refused, old, points))
            return None
        written.grades += 1
        written.changed = (written.changed or 0) + changes(old, points)
        return number(points)

    def _refused(self, old: Decimal | None, points: Decimal, maximum: Decimal | None) -> str:
        if maximum is not None and points > maximum:
            return "over"
        return "lower" if falls(old, points) and not self.rules.allow_lower else ""


class MoodleExport(Export):
    """The worksheet, as Moodle's importer reads it."""

    title = "Moodle"
    writes = "moodle.csv"
    template = "required"
    comments = True

    def __init__(self, task: ExportTask, rules: Rules) -> None:
        """Read the worksheet.

        Raises:
            BatchError: the worksheet is not Moodle's, or its maximum differs.
            ValueError: the task has no template.

        """
        super().__init__(task, rules)
        if task.template is None:
            raise ValueError("Moodle's worksheet is missing")
        self._worksheet = Moodle(task.template, task.worths, rules, listed=task.listed)
        self.sheet = self._worksheet.sheet

    def lateness(self, rows: Sequence[GradeRow], /) -> Mapping[str, bool]:
        """Return who was late, where the worksheet's Status tells."""
        return self._worksheet.lateness(rows)

    def write(self, rows: Iterable[GradeRow], grades: Iterable[Grade], out: Path) -> ExportResult:
        """Write moodle.csv.

        Raises:
            BatchError: points are invalid, or the file cannot be written.

        """
        self._worksheet.rules = self.rules
        self._worksheet.comments = self.comments_by_student
        return self._worksheet.write(latest_attempts(rows, grades), out / self.writes)

    @classmethod
    def preview(cls, changed: int, /) -> Sequence[Phrase]:
        """Return how many grades Moodle must list, and why it may list fewer."""
        listed = phrases(
            "Moodle's preview must list {{n}} grade.",
            "Moodle's preview must list {{n}} grades.",
            changed,
        )
        fewer = phrase(
            "If it lists fewer, grades were changed there after this worksheet was "
            "downloaded, or your time zone in Moodle is not the server's."
        )
        return (listed, fewer) if changed else (listed,)


def write_moodle(
    rows: Iterable[GradeRow], template: Path, path: Path, rules: Rules | None = None
) -> ExportResult:
    """Fill in the worksheet; a student's points in several exercises are added up.

    ``rows``: one for each student and exercise.

    Raises:
        BatchError: as for `Moodle` and its `write`. Then nothing is written.

    """
    kept = list(rows)
    return Moodle(template, worths_of(kept), rules or Rules()).write(kept, path)


def _maximum(cell: str) -> Decimal | None:
    try:
        maximum = Decimal(cell.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return maximum if maximum.is_finite() and maximum > 0 else None


def _standing_text(cell: str) -> str:
    """Return the cell of a student without a grade: unchanged, for Moodle in any language."""
    try:
        old = current_grade(cell)
    except ValueError:
        return ""
    return "" if old is None else cell.strip().replace(",", ".")


def _cells(line: list[str], columns: list[int], modified: int) -> list[str]:
    """Return the cells of columns without backslashes, which PHP reads as escapes."""
    return [
        line[column].replace("\\", _BACKSLASH if column > modified else "") for column in columns
    ]
