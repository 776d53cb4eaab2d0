"""The notebook in which a student starts: tasks as Markdown, and a cell for each answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from grader.course.languages import Translator
from grader.course.page import at_a_glance, numbered_listings, question_text
from grader.course.questions import shown_questions
from grader.course.starter_files import empty_answers, starting_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.course.loading import Course, LoadedExercise

SUFFIX = ".ipynb"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def starter_notebooks(
    course: Course, names: Sequence[str], lang: str, order: int | None = None
) -> Iterator[tuple[str, list[LoadedExercise], str]]:
    """Yield the name of each notebook, its exercises, and its text.

    ``names`` are exercises, or sections by their ids: one notebook holds them all. Without any,
    each section of the course gets its own. ``order``: see ``shown_questions``.

    Raises:
        UnknownExerciseError: a name is neither.

    """
    sections = {section.id: section.exercises for section in course.index.sections}
    if not names:
        groups = [(id_, [*folders]) for id_, folders in sections.items()]
    else:
        folders = [one for name in names for one in sections.get(name, (name,))]
        groups = [(names[0] if len(names) == 1 and names[0] in sections else "", folders)]
    for section, folders in groups:
        exercises = list(dict.fromkeys(course.exercise(name) for name in folders))
        title = course.prose(lang).sections.get(section, section)
        yield _name(section, exercises), exercises, starter_notebook(title, exercises, lang, order)


def starter_notebook(
    title: str, exercises: Iterable[LoadedExercise], lang: str, order: int | None = None
) -> str:
    """Return a notebook for some exercises, as JSON of format 4.5."""
    t = Translator(lang)
    advice = t(
        "Run the next cell first. Then write each answer into its cell, below the line with "
        "`%%grade`, and run that cell: the verdict appears below it. Save the notebook when you "
        "are done: it is your answer to each of these exercises."
    )
    cells = [
        _markdown("begin", "\n\n".join([f"# {title}"] * bool(title) + [advice])),
        _code("load", "%load_ext grader"),
    ]
    for exercise in exercises:
        cells += _cells(exercise, t, order)
    notebook = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _name(section: str, exercises: Sequence[LoadedExercise]) -> str:
    first, last = exercises[0], exercises[-1]
    if section:
        return f"{section}{SUFFIX}"
    return f"{first.name if first is last else f'{first.model.id}-{last.model.id}'}{SUFFIX}"


def _cells(exercise: LoadedExercise, t: Translator, order: int | None) -> Iterator[dict[str, Any]]:
    """Yield the task of an exercise, and the cell of its answer."""
    model, prose = exercise.model, exercise.prose(t.lang)
    parts = [f"## {model.id} · {prose.front.title}", ", ".join(at_a_glance(model, t))]
    if "prompt" in prose.stale:
        parts.append(t("(The translation of this text is being revised: here is the English.)"))
    parts.append(prose.prompt)
    if model.kind == "code":
        answer = starting_code(exercise, t.lang)
    else:
        parts += numbered_listings(exercise, t)
        parts += [question_text(one, t) for one in shown_questions(exercise, t.lang, order)]
        answer = empty_answers(exercise, t.lang, order)
    yield _markdown(f"{model.id}-task", "\n\n".join(parts))
    yield _code(f"{model.id}-answer", f"%%grade {model.id}\n{answer}")


def _markdown(id_: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id_, "metadata": {}, "source": _lines(text)}


def _code(id_: str, text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": id_,
        "metadata": {},
        "outputs": [],
        "source": _lines(text),
    }


def _lines(text: str) -> list[str]:
    """Return a text as notebooks store it, line by line."""
    return text.rstrip("\n").splitlines(keepends=True)
