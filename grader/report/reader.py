"""A judged report as its reader gets it: what the reader may see, the way on, the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.next_step import way_on

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.report.models import Audience, Report


def for_reader(
    report: Report,
    exercise: LoadedExercise,
    lang: str,
    audience: Audience,
    *,
    option: str = "",
    answer: str = "",
) -> Report:
    """Return the report in the reader's language, with what the reader may see.

    A student gets the way on as well: ``option`` is what its commands need to find the course,
    ``answer`` what they need to find the answer.
    """
    course = exercise.course
    seen = for_audience(report, audience, course.index.seed, show_calls=True)
    if audience == "student":
        hints, order = _has_hints(exercise, lang), _ids(exercise)
        seen.next = way_on(
            seen,
            hints=hints,
            order=order,
            course=option,
            answer=answer,
            solutions=not course.is_kit,
        )
    return localise(seen, course, lang)


def _has_hints(exercise: LoadedExercise, lang: str) -> bool:
    try:
        return bool(exercise.prose(lang).front.hints)
    except CourseError:
        return False  # a report is always shown: broken files are reported elsewhere


def _ids(exercise: LoadedExercise) -> list[str]:
    """Return the ids of all exercises of the course, in its order."""
    folders = (name for section in exercise.course.index.sections for name in section.exercises)
    return [name.partition("_")[0] for name in folders]
