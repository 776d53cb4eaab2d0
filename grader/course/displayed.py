"""The checks of an exercise that students may know by name, found without running them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.course.models import CodeExercise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.course.loading import LoadedExercise

_CONCEALED = {"hidden", "held_back"}


def displayed_checks(exercise: LoadedExercise, lang: str) -> dict[str, str]:
    """Return the ids of the checks that are displayed, each with its title; none of a quiz.

    Empty if the file of checks cannot be parsed.
    """
    model = exercise.model
    if not isinstance(model, CodeExercise):
        return {}
    try:
        tree = ast.parse(exercise.checks_file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return {}
    concealed = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and _CONCEALED & set(map(_name, node.decorator_list))
    }
    titles = exercise.prose(lang).front.checks
    return {id_: titles.get(id_, id_) for id_ in model.checks if id_ not in concealed}


def _name(decorator: ast.expr) -> str:
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    if isinstance(decorator, ast.Attribute):
        return decorator.attr
    return decorator.id if isinstance(decorator, ast.Name) else ""


def called(wanted: str, checks: Mapping[str, str]) -> list[str]:
    """Return the checks that a name may denote: an id, with or without ``test_``, else a prefix.

    ``checks`` maps ids to titles.
    """
    name = wanted.strip().casefold()
    exact = [id_ for id_ in checks if name in {id_, id_.removeprefix("test_")}]
    if exact or not name:
        return exact
    return [
        id_
        for id_, title in checks.items()
        if any(
            known.casefold().startswith(name) for known in (id_, id_.removeprefix("test_"), title)
        )
    ]
