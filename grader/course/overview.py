"""A summary of the exercises of a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.installed import NAMES, missing_libraries
from grader.course.languages import Translator, msgid
from grader.course.models import CodeExercise

if TYPE_CHECKING:
    from grader.course.loading import Course, LoadedExercise

KINDS = {
    "code": msgid("code"),
    "quiz": msgid("quiz"),
    "lines": msgid("find the line"),
}


@dataclass(frozen=True)
class ExerciseRow:
    """One exercise in a list."""

    id: str
    name: str
    title: str
    kind: str
    kind_name: str
    points: int
    devices: tuple[str, ...]
    lacking: tuple[str, ...] = ()  # libraries that are not installed here, by their usual names


@dataclass(frozen=True)
class SectionRow:
    """One section and its exercises."""

    id: str
    title: str
    exercises: tuple[ExerciseRow, ...]


def worth(points: int, t: Translator) -> str:
    """Return a number of points in words."""
    return t.plural("{{n}} point", "{{n}} points", points)


def overview(course: Course, lang: str) -> list[SectionRow]:
    """Return the non-empty sections, in the order of study."""
    titles = course.prose(lang).sections
    return [
        SectionRow(
            id=section.id,
            title=titles.get(section.id, section.id),
            exercises=tuple(_row(course.exercise(name), lang) for name in section.exercises),
        )
        for section in course.index.sections
        if section.exercises
    ]


def _row(loaded: LoadedExercise, lang: str) -> ExerciseRow:
    model = loaded.model
    libraries = model.libraries if isinstance(model, CodeExercise) else ()
    return ExerciseRow(
        id=model.id,
        name=loaded.name,
        title=loaded.title(lang),
        kind=model.kind,
        kind_name=Translator(lang)(KINDS[model.kind]),
        points=model.maximum,
        devices=model.devices if isinstance(model, CodeExercise) else (),
        lacking=tuple(NAMES[name] for name in missing_libraries(libraries)),
    )
