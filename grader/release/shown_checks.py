"""checks.py without the checks that a kit leaves out, and without what they alone use."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Defined = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


def without_checks(source: str, left_out: Collection[str]) -> str:
    """Return the source of checks without some, and without names that nothing uses any more.

    Comments above what is taken out go with it. A name that nothing has used before stays: the
    judge may look for it.
    """
    if not left_out:
        return source
    body = ast.parse(source).body
    gone = [node for node in body if set(_names(node)) & set(left_out)]
    kept = [node for node in body if node not in gone]
    candidates = {name for node in gone for name in _used(node)}
    while True:
        still = [
            node
            for node in kept
            if not (
                isinstance(node, Defined)
                and (names := set(_names(node)))
                and names <= candidates
                and not any(names & _used(other) for other in kept if other is not node)
            )
        ]
        if len(still) == len(kept):
            break
        candidates |= {name for node in kept if node not in still for name in _used(node)}
        gone += [node for node in kept if node not in still]
        kept = still
    return _without_lines(source, gone)


def needed_checks(source: str) -> dict[str, set[str]]:
    """Return, for each function of checks.py, the names in its mark ``@needs``."""
    return {
        node.name: {
            part.value
            for mark in node.decorator_list
            if isinstance(mark, ast.Call) and ast.unparse(mark.func).split(".")[-1] == "needs"
            for part in ast.walk(mark)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def _names(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement of the top level defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))


def _used(node: ast.stmt) -> set[str]:
    """Return the names that a statement reads."""
    return {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }


def _without_lines(source: str, gone: list[ast.stmt]) -> str:
    lines = source.splitlines(keepends=True)
    taken: set[int] = set()
    for node in gone:
        marks = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        first = min([node.lineno, *(mark.lineno for mark in marks)])
        while first > 1 and lines[first - 2].startswith("#"):
            first -= 1
        taken |= set(range(first, (node.end_lineno or node.lineno) + 1))
    left = "".join(line for number, line in enumerate(lines, 1) if number not in taken)
    while "\n\n\n\n" in left:
        left = left.replace("\n\n\n\n", "\n\n\n")
    return left
