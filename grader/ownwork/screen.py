"""A fast filter: most sources mention nothing that could be reported, in any place.

It ignores scopes and skips no statement, so that it errs on the side of a full search.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.ownwork import builtin_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.ownwork.policy import Policy

_BY_NAME = builtin_names.REACHING_BUILTINS | {"getattr", "setattr", "vars", "dict", "__name__"}
_SUSPECT_TEXTS = builtin_names.LONG_FLOATS | builtin_names.LONG_CODES | builtin_names.SWITCHES
_SUSPECT_ATTRIBUTES = (
    builtin_names.REACHING_ATTRIBUTES
    | builtin_names.MODULE_ATTRIBUTES
    | builtin_names.SWITCHES
    | {"__dict__"}
)


def nothing_to_report(
    tree: ast.Module, asked: Sequence[str], policy: Policy, own_modules: Iterable[str] = ()
) -> bool:
    """Return True if no full search can find anything."""
    nodes = list(ast.walk(tree))
    bound = _imports(nodes, frozenset(own_modules))
    if bound is None or not bound.keys().isdisjoint(asked):
        return False
    bases: set[int] = set()
    # ast.walk visits an attribute before its base.
    return not any(_suspect(node, bound, bases, policy) for node in nodes)


def _suspect(node: ast.AST, bound: dict[str, str], bases: set[int], policy: Policy) -> bool:
    kind = type(node)
    if kind is ast.Attribute:
        return id(node) not in bases and not _harmless(node, bound, bases, policy)  # type: ignore[arg-type]
    if kind is ast.Name:
        name: str = node.id  # type: ignore[attr-defined]
        if name in bound and id(node) not in bases:
            return policy.rest(bound[name]) != ()
        return name in _BY_NAME
    if kind is ast.Constant:
        value = node.value  # type: ignore[attr-defined]
        return type(value) is str and value in _SUSPECT_TEXTS
    if kind is ast.BinOp:
        return _of_text(node.left)  # type: ignore[attr-defined]
    if kind is ast.JoinedStr:
        parts = node.values  # type: ignore[attr-defined]
        return all(isinstance(getattr(part, "value", part), (str, ast.Constant)) for part in parts)
    return kind is ast.keyword and node.arg in builtin_names.SWITCHES  # type: ignore[attr-defined]


def _of_text(node: ast.expr) -> bool:
    """Return True if a sum begins with a string, whose final value is unknown."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _imports(nodes: Iterable[ast.AST], own: frozenset[str]) -> dict[str, str] | None:
    """Return the names that imports bind, with their module or name; None if that is unknown."""
    bound = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                if top not in own:
                    bound[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if any(alias.name == "*" for alias in node.names):
                return None
            if node.module.partition(".")[0] not in own:
                for alias in node.names:
                    bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return bound


def _harmless(node: ast.Attribute, bound: dict[str, str], bases: set[int], policy: Policy) -> bool:
    """Return True if a whole chain of attributes is harmless, and record its bases."""
    parts: list[str] = []
    base: ast.expr = node
    while isinstance(base, ast.Attribute):
        parts.append(base.attr)
        base = base.value
        bases.add(id(base))
    if isinstance(base, ast.Name) and base.id in bound:
        dotted = ".".join([bound[base.id], *reversed(parts)])
        if builtin_names.of_standard_library(dotted):
            return dotted.startswith("math.")
        rest = policy.rest(dotted)
        return rest is not None and all(map(_plain, rest, [policy] * len(rest)))
    if isinstance(base, ast.Name):
        bases.discard(id(base))
    return all(_plain(part, policy) for part in parts)


def _plain(name: str, policy: Policy) -> bool:
    return name not in _SUSPECT_ATTRIBUTES and policy.permits_attribute(name)
