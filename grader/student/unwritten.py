"""Whether a function is still the stub: its own ``raise NotImplementedError`` was reached."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_STUB = {"raise NotImplementedError", "raise NotImplementedError()"}


def is_stub(source: str, line: int, asked: Collection[str]) -> bool:
    """Return True if that line, in an asked function or a class, is an unconditional raise."""
    line_text = "".join(source.split("\n")[line - 1 : line])
    if line_text.partition("#")[0].strip() not in _STUB:
        return False
    try:
        tree = ast.parse(source)
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        return True  # a notebook with a broken cell: judge by the line itself
    return any(
        isinstance(node, ast.FunctionDef) and _raises_at(line, node)
        for outer in tree.body
        if getattr(outer, "name", None) in asked
        for node in ast.walk(outer)
    )


def _raises_at(line: int, function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Raise) and node.lineno == line for node in function.body)
