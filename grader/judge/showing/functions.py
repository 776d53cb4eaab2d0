"""A function among the arguments of a call as Python: its source, and the values it closes over."""

from __future__ import annotations

import ast
import builtins
import inspect
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.showing.literals import NoLiteralError, literal

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_LINES = 8
DEEPEST = 3


def definition(function: Callable[..., Any], name: str, depth: int = 0) -> list[str]:
    """Return the lines that make a function under a name. Raises NoLiteralError where none would do.

    Whatever it closes over is defined before it. It may use NumPy as ``np`` and what is built in.
    """
    if depth == DEEPEST or not inspect.isfunction(function):
        raise NoLiteralError(name)
    closed = inspect.getclosurevars(function)
    known = {"np": np}
    if closed.unbound - set(dir(builtins)) - _attributes(function) or any(
        known.get(used) is not value for used, value in closed.globals.items()
    ):
        raise NoLiteralError(name)
    lines = []
    for inner, value in closed.nonlocals.items():
        if callable(value):
            lines += definition(value, inner, depth + 1)
        else:
            lines += f"{inner} = {literal(value, len(inner) + 3)}".split("\n")
    lines += _source(function, name)
    if len(lines) > MOST_LINES:
        raise NoLiteralError(name)
    return lines


def _attributes(function: Callable[..., Any]) -> set[str]:
    """Return names behind a dot, which `getclosurevars` takes for names of their own."""
    return set(function.__code__.co_names)


def _source(function: Callable[..., Any], name: str) -> list[str]:
    try:
        lines, _ = inspect.getsourcelines(function)
        text = textwrap.dedent("".join(lines))
        tree = ast.parse(text)
    except (OSError, TypeError, SyntaxError):
        raise NoLiteralError(name) from None
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Lambda)
        or (isinstance(node, ast.FunctionDef) and node.name == function.__name__)
    ]
    if len(found) != 1:
        raise NoLiteralError(name)
    node = found[0]
    if isinstance(node, ast.Lambda):
        return [f"{name} = {ast.unparse(node)}"]
    node.name, node.decorator_list = name, []
    return ast.unparse(node).split("\n")
