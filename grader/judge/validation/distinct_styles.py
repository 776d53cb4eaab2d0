"""Proof that the styles of an exercise are distinct programs."""

from __future__ import annotations

import ast
from itertools import count
from typing import TYPE_CHECKING

from grader.course.phrases import phrase

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.judge.validation.problem import ValidationResult


def prove(exercise: LoadedExercise, proof: ValidationResult) -> None:
    """Prove that no style is the reference or another style with other names."""
    known = {shape(exercise.reference_source): "reference.py"}
    for name, source in exercise.style_sources.items():
        file = f"styles/{name}.py"
        same = known.setdefault(shape(source), file)
        if same != file:
            proof.found(
                exercise.course.relative(exercise.answers / file),
                phrase("is the same program as {{file}}", file=same),
                phrase("solve the task in another way, or take it out"),
            )


def shape(source: str) -> str:
    """Return a program without its comments and docstrings, and with its own names normalised.

    A source that cannot be parsed is returned unchanged.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return source
    own = {name: f"name{number}" for name, number in zip(_bound(tree), count(), strict=False)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name):
                node.id = own.get(name, name)
            case ast.arg(arg=name):
                node.arg = own.get(name, name)
            case ast.Module() | ast.FunctionDef() | ast.ClassDef() if ast.get_docstring(node):
                node.body = node.body[1:]
    return ast.dump(tree)


def _bound(tree: ast.AST) -> dict[str, None]:
    """Return the variables and parameters that a program binds, in the order of its tree."""
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found[name] = None
    return found
