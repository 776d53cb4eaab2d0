"""The pages of a class: for each student the reports of this batch, in the student's language."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError

from grader.batch.atomic_files import write_export
from grader.batch.errors import BatchError
from grader.batch.feedback.comment import short_comment
from grader.batch.outputs.final_rows import Kept
from grader.batch.plan import safe_name
from grader.batch.submission_bytes import bundle
from grader.classroom.texts import notes, shown_points
from grader.course.exercise_names import is_called
from grader.course.languages import LANGUAGES, Translator, language_of_locale
from grader.course.phrases import in_a_row, joined
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read_bytes
from grader.judge.reading.written_lines import lines_as_written
from grader.pages.feedback_page import FeedbackPart, feedback_page
from grader.pages.source import Line, marked_source
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from grader.batch.models import GradeRow, RuledRow, Student
    from grader.batch.plan import GradingTask
    from grader.course.loading import Course
    from grader.gradebook.policy import Grade
    from grader.pages.source import MarkedSource

FOLDER, PAGE = "feedback", "feedback.html"
# What a report of such a status would tell is no fault of the student's.
_UNTOLD = frozenset({"missing", "ungraded"})


class Feedback:
    """What one student gets back, made of the stored reports.

    ``handed``: the files that were graded, of each exercise the last. ``lang``: the language.
    ``path``: the page, relative to the folder of the grades.
    """

    def __init__(
        self,
        course: Course,
        out: Path,
        lang: str,
        tasks: Sequence[GradingTask],
        grades: Mapping[str, Grade],
        ruled: Mapping[str, RuledRow],
    ) -> None:
        """Say what belongs on the page: the exercises of ``tasks``, all of one student.

        ``ruled``: by exercise, what the rules of the class make of it.
        """
        self.student, self.name = tasks[0].student, tasks[0].name
        self.lang = lang
        self.handed = tuple(task.handed for task in tasks if task.handed is not None)
        self.path = f"{FOLDER}/{safe_name(self.student)}/{PAGE}"
        self.file = out / self.path
        self._course = course
        self._out = out
        self._tasks = tasks
        self._grades = grades
        self._ruled = ruled

    def write(self) -> None:
        """Write the page.

        Raises:
            BatchError: a report cannot be read back, or the page not be written.

        """
        write_export(self._page(self.lang), self.file)

    def page(self, lang: str | None = None) -> bytes:
        """Return the page: the one that was written, or in another language.

        Raises:
            BatchError: a report cannot be read back.

        """
        if lang in {None, self.lang}:
            with contextlib.suppress(OSError):
                return self.file.read_bytes()
        return self._page(lang or self.lang)

    def comment(self) -> str:
        """Return the same in a few lines of HTML.

        Raises:
            BatchError: a report cannot be read back.

        """
        return short_comment(self._parts(self.lang))

    def _page(self, lang: str) -> bytes:
        return feedback_page(self._parts(lang), lang).encode("utf-8", "replace")

    def _parts(self, lang: str) -> list[FeedbackPart]:
        return [self._part(task, lang) for task in self._tasks]

    def _part(self, task: GradingTask, lang: str) -> FeedbackPart:
        report = localise(self._report(task), self._course, lang)
        t = Translator(lang)
        grade = self._grades.get(report.exercise.id)
        ruled = self._ruled.get(report.exercise.id)
        decided = "" if grade is None else _decided(report, grade, t)
        if ruled is not None and (grade is None or grade.mark is None):
            decided = _by_rules(report, ruled, t)
        source, why = _source(task, report, t)
        return FeedbackPart(report, source, why, decided)

    def _report(self, task: GradingTask) -> Report:
        """Return the report for the student, from which hidden parts have been removed."""
        path = self._out / task.report_path("student")
        try:
            report = Report.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise BatchError("batch.report_unreadable", file=str(path)) from error
        return for_audience(report, "student", self._course.index.seed)


def _decided(report: Report, grade: Grade, t: Translator) -> str:
    """Return a sentence where other points count than those of the report."""
    if grade.points is None or grade.points == report.reached:
        return ""
    points, maximum = grade.points, grade.maximum
    if grade.mark is not None:
        return t(
            "Your teacher has given {{points}} of {{maximum}} points: that is what counts.",
            points=points,
            maximum=maximum,
        )
    return t(
        "Another attempt of yours counts, with {{points}} of {{maximum}} points.",
        points=points,
        maximum=maximum,
    )


def _by_rules(report: Report, ruled: RuledRow, t: Translator) -> str:
    """Return a sentence where the rules of the class make other points of those of the report."""
    if ruled.counted is None or ruled.after is None or ruled.after == report.reached:
        return ""
    counts = t(
        "By the rules of your class {{points}} of {{maximum}} points count.",
        points=shown_points(ruled.after, t),
        maximum=ruled.counted.maximum,
    )
    why = "" if ruled.shown is None else in_a_row(notes(ruled.shown, t), t)
    return joined(t, counts.rstrip("."), f"{why}.") if why else counts


def _source(task: GradingTask, report: Report, t: Translator) -> tuple[MarkedSource | None, str]:
    """Return the file that was graded, with its marks."""
    handed = task.handed
    if handed is None:
        return None, ""
    name = handed.file.rpartition("/")[2]
    called = partial(is_called, task.exercise.name)
    try:
        submission = read_bytes(bundle(handed), task.submission_name, report.exercise.kind, called)
    except UnreadableSubmissionError:
        return None, ""  # the report says why
    except OSError:
        return None, t("{{file}} is not shown: it cannot be read any more.", file=name)
    lines = [Line(at.cell, at.line, text) for at, text in lines_as_written(submission)]
    return marked_source(report, submission.name, lines), ""


def feedback_of(
    course: Course,
    out: Path,
    lang: str,
    rows: Sequence[GradeRow],
    planned: Iterable[GradingTask],
    students: Iterable[Student],
    grades: Iterable[Grade] = (),
) -> tuple[list[Feedback], list[Kept]]:
    """Return the feedback of each student, and the students of whose answers nothing can be said.

    ``lang``: of students whose language is not known. ``grades``: those of the gradebook, if there
    is one.
    """
    langs = {one.id: known for one in students if (known := language_of(one.lang))}
    status = {(row.student, row.exercise, row.attempt): row.status for row in rows}
    decided: dict[str, dict[str, Grade]] = defaultdict(dict)
    for grade in grades:
        decided[grade.student][grade.exercise] = grade
    ruled: dict[str, dict[str, RuledRow]] = defaultdict(dict)
    for row in rows:
        if row.ruled is not None and row.ruled.counted is not None:
            ruled[row.student][row.exercise] = row.ruled
    given: list[Feedback] = []
    without: list[Kept] = []
    for student, tasks in _last(planned).items():
        told = [
            task
            for task in tasks
            if status[student, task.exercise.model.id, task.attempt] not in _UNTOLD
        ]
        if told:
            wanted = langs.get(student, lang)
            given.append(Feedback(course, out, wanted, told, decided[student], ruled[student]))
        else:
            without.append(Kept(tasks[0].name or student, "ungraded"))
    return given, without


def _last(planned: Iterable[GradingTask]) -> dict[str, list[GradingTask]]:
    """Return the last task of each student and exercise with a file, by student."""
    last: dict[tuple[str, str], GradingTask] = {}
    for task in planned:
        key = task.student, task.exercise.model.id
        if task.handed is not None and (key not in last or task.attempt > last[key].attempt):
            last[key] = task
    found: dict[str, list[GradingTask]] = defaultdict(list)
    for task in last.values():
        found[task.student].append(task)
    return found


def language_of(told: str) -> str:
    """Return the language of the program that a class list means: by code or its name in it."""
    known = language_of_locale(told.strip())
    if known or not told.strip():
        return known or ""
    from babel import Locale  # noqa: PLC0415 - most lists have codes, or no languages

    called = told.strip().casefold()
    names = {
        str(Locale(lang).languages.get(wanted, "")).casefold(): wanted
        for lang in LANGUAGES
        for wanted in LANGUAGES
    }
    return names.get(called, "")
