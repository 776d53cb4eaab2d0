"""The exercise that a single file answers, by its name, else by its content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.intake.definitions import Defines, defined
from grader.batch.intake.exercises import Exercises
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.marked_files import marks_in
from grader.judge.reading.submission import read, suffixes

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import Course

_TITLE = re.compile(r"\A\s*# (ex\d+) · ")
_ANSWERED = re.compile(r"^(\w+)[ \t]*:", re.MULTILINE)


def looks_like_an_answer(name: str) -> bool:
    """Return True if a name has the suffix of an answer."""
    return name.lower().endswith((*suffixes("code"), *suffixes("quiz")))


def exercises_of(path: Path, course: Course) -> tuple[str, ...]:
    """Return the ids of the exercises that a file may answer: one if it is unambiguous.

    The marks in a notebook count first, then the number or word in its name, then the title at the
    beginning of a stub, then the definitions in the file, or the questions that it answers.
    """
    exercises = Exercises(course, ())
    marks = marks_in(path)
    marked = tuple(id_ for id_ in exercises.ids if any(map(course.exercise(id_).is_called, marks)))
    if marked:
        return marked
    named = {
        id_
        for id_ in exercises.parse_name(path.stem).exercises
        if exercises.suffix_fits(id_, path.name)
    }
    if len(named) == 1:
        return tuple(named)
    candidates = [id_ for id_ in exercises.ids if not named or id_ in named]
    fitting = [id_ for id_ in candidates if exercises.suffix_fits(id_, path.name)]
    try:
        source = read(path, "code" if path.name.endswith(suffixes("code")) else "quiz").source
    except UnreadableSubmissionError:
        return tuple(named)
    titled = _TITLE.match(source)
    if titled and titled[1] in fitting:
        return (titled[1],)
    return tuple(id_ for id_ in fitting if _answers(source, id_, exercises)) or tuple(named)


def _answers(source: str, id_: str, exercises: Exercises) -> bool:
    """Return True if a source defines an exercise's asked names, or answers its questions only."""
    model = exercises.course.exercise(id_).model
    if model.kind == "code":
        return defined(source, exercises.asked_for(id_)) is Defines.ALL
    answered = set(_ANSWERED.findall(source))
    return bool(answered) and answered <= {question.id for question in model.questions}
