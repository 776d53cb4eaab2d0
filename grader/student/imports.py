"""Replacement of imports of libraries that are not installed.

On the top level a failing import is noted, and the next line is run. Inside a function or a block
it would skip everything after it: there it is replaced, before anything is run, by the import of a
stand-in. A submission that tests for a library in a ``try`` still gets its ImportError.
"""

from __future__ import annotations

import ast
import importlib.util
from typing import TYPE_CHECKING

from grader.student.missing_libraries import Absent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    Tell = Callable[[str, str, int], None]
    """Called with a missing module, the name that it was to bind, and the line."""

_ASKING = {"BaseException", "Exception", "ImportError", "ModuleNotFoundError"}
_made: list[Callable[[], Absent]] = []


def __getattr__(number: str) -> Absent:
    """Return the stand-in that replaced an import."""
    if not number.isdecimal():
        raise AttributeError(number)
    return _made[int(number)]()


def single(node: ast.Import | ast.ImportFrom) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield one import statement for each name of an import."""
    for name in node.names:
        part: ast.Import | ast.ImportFrom = ast.Import(names=[name])
        if isinstance(node, ast.ImportFrom):
            part = ast.ImportFrom(module=node.module, names=[name], level=node.level)
        yield ast.copy_location(part, node)


def stand_ins(node: ast.stmt) -> dict[str, Absent]:
    """Return the stand-ins to bind instead of the names of a failed import: see `absent`."""
    above = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    found: dict[str, Absent] = {}
    for name in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
        bound_name = name.asname or (name.name if above else name.name.partition(".")[0])
        path = above + name.name if above or name.asname else bound_name
        if bound_name != "*":
            found[bound_name] = Absent(bound_name, path)
    return found


def bound(node: ast.stmt) -> list[str]:
    """Return the names that a statement binds in its own scope; ``*``: all of a module."""
    names: dict[str, None] = {}
    waiting: list[ast.AST] = [node]
    while waiting:
        match waiting.pop():
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names[name] = None
            case ast.ClassDef(name=name):
                names[name] = None
            case ast.Lambda():
                pass
            case ast.alias(name=name, asname=alias):
                names[alias or name.partition(".")[0]] = None
            case ast.Name(id=name, ctx=ast.Store()):
                names[name] = None
            case other:
                waiting += ast.iter_child_nodes(other)
    return list(names)


def replace(tree: ast.Module, asked: Collection[str] | None, tell: Tell) -> None:
    """Replace imports of missing libraries inside functions and blocks.

    ``tell`` is called for each when it is run, and at once where the functions ``asked`` may reach
    it; None: any function.
    """
    reached = tree.body if asked is None else _reached(tree, asked)
    for statement in tree.body:
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            replacing = _Replacing(tell, at_once=statement in reached)
            replacing.statement(statement, asking=False, inside=False)


def _reached(tree: ast.Module, asked: Collection[str]) -> list[ast.stmt]:
    """Return the statements that define the functions ``asked``, and those that these may call."""
    makers: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for name in bound(statement):
            makers.setdefault(name, []).append(statement)
    waiting, found = list(asked), []
    while waiting:
        for statement in makers.pop(waiting.pop(), ()):
            found.append(statement)
            waiting += [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
    return found


class _Replacing:
    """Traverses the blocks of a statement: expressions hold no imports."""

    def __init__(self, tell: Tell, *, at_once: bool) -> None:
        self._tell = tell
        self._at_once = at_once

    def statement(self, node: ast.stmt, *, asking: bool, inside: bool) -> list[ast.stmt]:
        """Return the replacement of a statement.

        ``asking``: an import may fail there; ``inside``: it is in a function.
        """
        if isinstance(node, ast.Import | ast.ImportFrom):
            return [node if asking else self._import(one, inside=inside) for one in single(node)]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            asking, inside = False, True
        for name in ("body", "orelse", "finalbody"):
            guarded = asking or (name == "body" and _asks(node))
            self._block(getattr(node, name, []), asking=guarded, inside=inside)
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            self._block(part.body, asking=asking, inside=inside)
        return [node]

    def _block(self, statements: list[ast.stmt], *, asking: bool, inside: bool) -> None:
        statements[:] = [
            new for node in statements for new in self.statement(node, asking=asking, inside=inside)
        ]

    def _import(self, node: ast.Import | ast.ImportFrom, *, inside: bool) -> ast.stmt:
        """Return the import of a stand-in if the library is missing."""
        module = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
        top = module.partition(".")[0]
        made = stand_ins(node)
        if getattr(node, "level", 0) or not made or _is_here(top):
            return node
        ((name, stand_in),) = made.items()

        def make() -> Absent:
            self._tell(top, name, node.lineno)
            return stand_in

        if inside and self._at_once:
            make()
        _made.append(make)
        number = ast.alias(str(len(_made) - 1), name)
        new = ast.copy_location(ast.ImportFrom(__name__, [number], 0), node)
        return ast.fix_missing_locations(new)


def _is_here(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return True  # it is loaded, if in an uncommon way


def _asks(node: ast.stmt) -> bool:
    """Return True if a statement handles the failure of an import in it."""
    match node:
        case ast.Try(handlers=handlers):
            caught = [handler.type for handler in handlers]
            return None in caught or not _ASKING.isdisjoint(_names(caught))
        case ast.With(items=items):
            return "suppress" in _names(item.context_expr for item in items)
    return False


def _names(nodes: Iterable[ast.AST | None]) -> Iterator[str]:
    for node in filter(None, nodes):
        for part in ast.walk(node):
            match part:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name
