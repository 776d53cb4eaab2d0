"""What the page of a course shows: sections, exercises, and what was reached in the folder."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from grader.course.languages import Translator
from grader.course.overview import overview, worth
from grader.progress.progress_file import read
from grader.progress.standing import standing
from grader.web.files import answer_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.loading import Course, LoadedExercise
    from grader.course.overview import ExerciseRow
    from grader.progress.models import Progress
    from grader.progress.standing import Standing

State = Literal["solved", "begun", "open"]


@dataclass(frozen=True)
class ExerciseLine:
    """An exercise, its points, and how far it is: as an id and in words."""

    id: str
    title: str
    kind: str
    points: str
    state: State
    words: str


@dataclass(frozen=True)
class Section:
    """A section, and its exercises."""

    title: str
    exercises: tuple[ExerciseLine, ...]


@dataclass(frozen=True)
class CoursePage:
    """A course; ``told``: a sentence about the file of progress, if there is a problem."""

    title: str
    sections: tuple[Section, ...]
    points: str
    told: str


def course_page(course: Course, folder: Path, lang: str) -> CoursePage:
    """Return the contents of the page of a course."""
    t = Translator(lang)
    progress, told = read(folder)
    known = {one.model.id: _standing(one, folder, progress) for one in course.exercises()}
    sections = tuple(
        Section(section.title, tuple(_line(row, known[row.id], t) for row in section.exercises))
        for section in overview(course, lang)
    )
    reached = (one.best.reached for one in known.values() if one.best is not None)
    maximum = sum(exercise.model.maximum for exercise in course.exercises())
    return CoursePage(
        title=course.prose(lang).title,
        sections=sections,
        points=t(
            "Points in this folder: {{reached}} of {{maximum}}",
            reached=sum(reached, Decimal(0)),
            maximum=maximum,
        ),
        told="" if told is None else told.localised(t),
    )


def _standing(exercise: LoadedExercise, folder: Path, progress: Progress) -> Standing:
    path = answer_of(folder, exercise)
    present = state_of(path) if path is not None else ""
    return standing(progress.attempts(exercise), exercise.grading_hash, present or None)


def _line(row: ExerciseRow, known: Standing, t: Translator) -> ExerciseLine:
    best = known.best
    return ExerciseLine(
        id=row.id,
        title=row.title,
        kind=row.kind_name,
        points=worth(row.points, t) if best is None else _points(best.reached, row.points, t),
        state="open" if best is None else "solved" if known.solved else "begun",
        words=", ".join(_words(known, t)),
    )


def _words(known: Standing, t: Translator) -> Iterator[str]:
    if known.best is None:
        yield t("not begun")
        return
    yield t("solved") if known.best.solved else t("begun")
    if known.outdated:
        yield t("the exercise has changed since")
    elif known.changed:
        yield t("changed since")


def _points(reached: Decimal, maximum: int, t: Translator) -> str:
    part = t("{{reached}} of {{maximum}}", reached=reached, maximum=maximum)
    return t("points: {{reached}}", reached=part)
