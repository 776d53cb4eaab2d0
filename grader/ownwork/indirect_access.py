"""Statements beside the asked functions that may replace these all the same.

A statement that no asked function uses may still reach everything, by ``globals()`` or
``sys.modules``. That alone is harmless (a program may inspect itself). It is reported if the result
is used for writing, and if text is executed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.ownwork import builtin_names

if TYPE_CHECKING:
    from grader.ownwork.reach import Unit
    from grader.ownwork.resolve import Resolver
    from grader.ownwork.scopes import Scopes

Found = set[tuple[int, str]]
_EXECUTING = frozenset({"exec", "eval", "compile"})
_WRITING = frozenset(
    {"__delattr__", "__delitem__", "__setattr__", "__setitem__", "setdefault", "update"}
)


def reaching(units: list[Unit], scopes: Scopes, resolver: Resolver) -> Found:
    """Return, by line, how some units reach arbitrary objects, if they also write to these."""
    own = {id(unit): _means(unit.node, scopes, resolver) for unit in units}
    got: dict[str, Found] = {}  # names of the module, and the means by which they were obtained
    grew = True
    while grew:
        grew = False
        for unit in units:
            carried = own[id(unit)] | _carried(unit, got)
            for name in unit.binds:
                if not carried <= got.setdefault(name, set()):
                    got[name] |= carried
                    grew = True
    found: Found = set()
    for unit in units:
        found |= {one for one in own[id(unit)] if one[1] in _EXECUTING}
        if any(map(_writes, ast.walk(unit.node))):
            found |= own[id(unit)] | _carried(unit, got)
    return found


def asks_membership(node: ast.Compare) -> bool:
    """Return True if this only tests for a name: ``"google.colab" in sys.modules``."""
    match node:
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[where]):
            return ast.unparse(where) in {"sys.modules", "globals()"}
    return False


def _carried(unit: Unit, got: dict[str, Found]) -> Found:
    return {one for name in unit.reads for one in got.get(name, ())}


def _means(node: ast.stmt, scopes: Scopes, resolver: Resolver) -> Found:
    """Return the names in a statement that execute or find what the source does not name."""
    asked: set[int] = set()
    found: Found = set()
    for part, scope in scopes.walk(node, scopes.module):
        if isinstance(part, ast.Compare) and asks_membership(part):
            asked.update(id(below) for below in ast.walk(part.comparators[0]))
        if id(part) in asked or not isinstance(part, (ast.Name, ast.Attribute)):
            continue
        if isinstance(part, ast.Attribute) and part.attr in builtin_names.REACHING_ATTRIBUTES:
            found.add((part.lineno, f".{part.attr}"))
        found |= {
            (part.lineno, name)
            for name in resolver.dotted(part, scope)
            if builtin_names.reaches(name)
        }
        if isinstance(part, ast.Name) and part.id in builtin_names.REACHING_BUILTINS:
            found |= {(part.lineno, part.id)} if scope.home(part.id) is None else set()
    return found


def _writes(node: ast.AST) -> bool:
    match node:
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _WRITING
        case ast.Name(id="setattr" | "delattr"):
            return True
    return False
