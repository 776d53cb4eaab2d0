"""What the page of an exercise shows, apart from the answer: task, pictures, checks, hints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from grader.course.languages import Translator, interpolate
from grader.course.models import CodeExercise
from grader.course.page import at_a_glance, checks, signatures
from grader.course.translations import CAPTION
from grader.pictures.making import of_task
from grader.report.entries import Drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise


@dataclass(frozen=True)
class ExercisePage:
    """An exercise in one language; texts are Markdown.

    ``hints`` are those that are shown, of ``hints_total``; ``before`` and ``after``: id and title
    of the neighbours in the course.
    """

    id: str
    title: str
    kind: str
    glance: str
    revised: bool
    prompt: str
    pictures: tuple[Drawn, ...]
    functions: str
    checks: str
    hints: tuple[str, ...]
    hints_total: int
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def exercise_page(exercise: LoadedExercise, lang: str, hints: int) -> ExercisePage:
    """Return the contents of the page of an exercise, with the first ``hints`` of its hints."""
    t, prose, model = Translator(lang), exercise.prose(lang), exercise.model
    code = model if isinstance(model, CodeExercise) else None
    ids = [one.model.id for one in exercise.course.exercises()]
    at = ids.index(model.id)
    return ExercisePage(
        id=model.id,
        title=prose.front.title,
        kind=model.kind,
        glance=", ".join(at_a_glance(model, t)),
        revised=bool(prose.stale),
        prompt=prose.prompt,
        pictures=tuple(_pictures(exercise, t)),
        functions="" if code is None else signatures(code),
        checks="" if code is None else checks(exercise, code, t),
        hints=tuple(prose.front.hints[:hints]),
        hints_total=len(prose.front.hints),
        before=_neighbour(exercise, ids[at - 1], lang) if at else None,
        after=_neighbour(exercise, ids[at + 1], lang) if ids[at + 1 :] else None,
    )


def _neighbour(exercise: LoadedExercise, id_: str, lang: str) -> tuple[str, str]:
    return id_, exercise.course.exercise(id_).title(lang)


def _pictures(exercise: LoadedExercise, t: Translator) -> Iterator[Drawn]:
    """Yield the pictures of the task itself, with their captions."""
    words = exercise.prose(t.lang).front.pictures
    for id_, picture in of_task(exercise, t.lang).items():
        caption = interpolate(words.get(id_, {}).get(CAPTION, ""), picture.args, t.lang)
        yield Drawn(caption, partial(picture.drawing.lines, t), picture.drawing)
