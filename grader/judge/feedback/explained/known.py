"""Names that a student may have meant: those of the file, of Python, of NumPy and others."""

from __future__ import annotations

import ast
import builtins
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.judge.processes.outcomes import Raised
    from grader.judge.reading.submission import Submission

IMPORTS = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "math": "import math",
}
"""Conventional names of modules, and the imports that bind them."""
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def names_at(raised: Raised, submission: Submission) -> set[str]:
    """Return the names visible in a line: those of its functions, of the file and of Python."""
    found = {name for name in dir(builtins) if name.islower()}
    if raised.file is not None or raised.line is None:
        return found
    try:
        tree = submission.tree
    except SyntaxError:
        return found
    found.update(_bound(tree))
    for node in ast.walk(tree):
        if isinstance(node, _FUNCTIONS) and node.lineno <= raised.line <= (node.end_lineno or 0):
            found.update(argument.arg for argument in _arguments(node.args))
            found.update(_bound(node))
    return found


def bound_below(name: str, line: int, submission: Submission) -> int | None:
    """Return the first line after ``line`` at which the file itself binds ``name``."""
    try:
        statements = submission.tree.body
    except SyntaxError:
        return None
    below = (one for one in statements if one.lineno > line)
    found = (one for one in below if name in _bound(ast.Module(body=[one], type_ignores=[])))
    return next((one.lineno for one in found), None)


def names_of(owner: str, submission: Submission) -> set[str]:
    """Return the public names of a type or module of a library, or of a class of the file."""
    found: set[str] = set()
    if owner in {"numpy", "numpy.ndarray", "numpy.linalg", "numpy.random"}:
        import numpy as np  # noqa: PLC0415 - few exceptions are about a name of NumPy

        owners = {"numpy": np, "numpy.ndarray": np.ndarray, "numpy.linalg": np.linalg}
        found.update(dir(owners.get(owner, np.random)))
    elif owner == "math":
        found.update(dir(math))
    elif owner in {"list", "dict", "str", "tuple", "set"}:
        found.update(dir(getattr(builtins, owner)))
    else:
        found.update(_members(owner, submission))
    return {name for name in found if not name.startswith("_")}


def _members(owner: str, submission: Submission) -> Iterator[str]:
    """Yield the methods of a class of the file, and the attributes that it stores in ``self``."""
    try:
        classes = [node for node in submission.tree.body if isinstance(node, ast.ClassDef)]
    except SyntaxError:
        return
    for node in (one for one in classes if one.name == owner):
        yield from _bound(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store):
                yield inner.attr


def _bound(scope: ast.AST) -> Iterator[str]:
    """Yield the names bound in a scope itself, not in nested functions."""
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=alias):
                yield alias or name.partition(".")[0]
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
        if not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)


def _arguments(given: ast.arguments) -> Iterator[ast.arg]:
    yield from (*given.posonlyargs, *given.args, *given.kwonlyargs)
    yield from (one for one in (given.vararg, given.kwarg) if one is not None)
