"""grades.csv as scores: its rows, and the comment of each from its report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from grader.batch.errors import BatchError
from grader.batch.tables import read_table
from grader.course.phrases import phrase
from grader.lti.errors import ConfigurationError
from grader.lti.scores import COLUMNS, Row, amount, latest, score_of
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.models import Report

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.course.loading import Course
    from grader.lti.scores import NotSent, Score

_LARGEST = 16 << 20  # bytes of a report
_MARKS = "=+-@\t\r'"
"""Signs at the beginning of a cell before which grades.csv has an apostrophe."""


def read_scores(file: Path, course: Course, t: Translator) -> list[Score | NotSent]:
    """Return a score for each student and exercise of grades.csv, or why there is none.

    Raises:
        ConfigurationError: it is not the file that ``grader batch`` writes.

    """
    rows = latest(_rows(file))
    return [score_of(row, _comment(file.parent, row, course, t)) for row in rows]


def _rows(file: Path) -> list[Row]:
    try:
        table = read_table(file)
    except BatchError as error:
        sentence = phrase("{{file}} is no table that can be read ({{id}})", file=file, id=error.id)
        raise ConfigurationError(sentence) from None
    missing = [name for name in COLUMNS if name not in table.header]
    if missing:
        sentence = phrase(
            "{{file}} is not the grades.csv of grader batch: it has no column {{name}}",
            file=file,
            name=missing[0],
        )
        raise ConfigurationError(sentence)
    places = [table.header.index(name) for name in COLUMNS]
    rows = []
    for line, cells in table.rows:
        cut = [*cells, *[""] * len(table.header)]
        student, exercise, status, entered, maximum, attempt, report = (cut[at] for at in places)
        number = int(attempt) if attempt.isdecimal() else 1
        rows.append(
            Row(line, _plain(student), exercise, status, entered, maximum, number, _plain(report))
        )
    return rows


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _MARKS else cell


def _comment(folder: Path, row: Row, course: Course, t: Translator) -> str:
    """Return the comment on a score: the headline of the student's report, else the points."""
    report = _report(folder, row.report)
    if report is not None and report.exercise.course == course.index.id:
        told = localise(for_audience(report, "student"), course, t.lang).headline
        if told is not None and told.text:
            return told.text
    points, maximum = amount(row.entered), amount(row.maximum)
    return t.plural(
        "{{points}} of {{maximum}} point",
        "{{points}} of {{maximum}} points",
        maximum or 0,
        points=points or 0,
        maximum=maximum or 0,
    )


def _report(folder: Path, name: str) -> Report | None:
    path = folder / name
    inside = name and not Path(name).is_absolute() and ".." not in Path(name).parts
    try:
        if not inside or path.stat().st_size > _LARGEST:
            return None
        return Report.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
