"""The page of a whole course for its teachers, generated from its files.

``python -m grader.course.syllabus > docs/course.md`` writes the page of the built-in course.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.models import CodeExercise
from grader.course.overview import KINDS, worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.loading import LoadedExercise
    from grader.course.models import Text

_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")
_LANG = "en"
_TWO_HOURS = 90  # rounded


def syllabus(course: Course) -> str:
    """Return sections and exercises, and the mistakes that each recognises, as Markdown in English.

    Raises:
        CourseError: a file of the course is missing or broken.

    """
    t = Translator(_LANG)
    prose = course.prose(_LANG)
    exercises = course.exercises()
    minutes = sum(one.model.minutes or 0 for one in exercises)
    points = worth(sum(one.model.maximum for one in exercises), t)
    whole = [f"{len(exercises)} exercises", points, *_hours(minutes)]
    lines = [f"# {prose.title}", "", f"{', '.join(whole)}."]
    lines += ["", "This page is generated from the exercises."]
    for section in course.index.sections:
        here = [course.exercise(name) for name in section.exercises]
        if here:
            lines += ["", f"## {prose.sections.get(section.id, section.id)}", ""]
            lines += ["| exercise | kind | points | minutes | builds on | needs |"]
            lines += ["|---|---|---|---|---|---|"]
            lines += [_row(one, t) for one in here]
            for one in here:
                lines += ["", f"### {_heading(one)}", "", *_recognised(one)]
    return "\n".join(lines) + "\n"


def _hours(minutes: int) -> Iterator[str]:
    if minutes >= _TWO_HOURS:
        yield f"about {round(minutes / 60)} hours of work"
    elif minutes:
        yield f"about {minutes} minutes of work"


def _heading(exercise: LoadedExercise) -> str:
    return f"{exercise.model.id} · {exercise.title(_LANG)}"


def _row(exercise: LoadedExercise, t: Translator) -> str:
    model = exercise.model
    needs: Iterable[str] = ()
    if isinstance(model, CodeExercise):
        needs = (*model.libraries, *(device for device in model.devices if device != "cpu"))
    cells = (
        _heading(exercise),
        t(KINDS[model.kind]),
        model.maximum,
        model.minutes or "",
        ", ".join(model.prerequisites),
        ", ".join(needs),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _recognised(exercise: LoadedExercise) -> Iterator[str]:
    """Yield the first sentence about each named mistake."""
    front = exercise.prose(_LANG).front
    names = _mistakes(exercise)
    if names:
        yield "Mistakes that it recognises:"
        yield ""
    for name in names:
        yield f"- {_first_sentence(front.feedback.get(name, name))}"
    others = (
        ("facts about wrong results", front.observations),
        ("remarks on right answers", front.remarks),
    )
    counted = [f"{len(texts)} {what}" for what, texts in others if texts]
    if counted:
        yield ""
        yield f"Besides: {', '.join(counted)}."


def _mistakes(exercise: LoadedExercise) -> list[str]:
    model = exercise.model
    if isinstance(model, CodeExercise):
        return [*(known.id for known in model.misconceptions), *(one.id for one in model.alike)]
    keys = exercise.key.questions.values()
    return list(dict.fromkeys(name for key in keys for name in key.mistakes))


def _first_sentence(text: Text) -> str:
    whole = text if isinstance(text, str) else text["other"]
    return _END_OF_SENTENCE.split(" ".join(whole.split()))[0]


if __name__ == "__main__":
    print(syllabus(Course(builtin_root())), end="")  # noqa: T201 - the page is its output
