"""Resolution of expressions to dotted names of libraries: ``np.exp`` is ``numpy.exp``."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from grader.ownwork import builtin_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.ownwork.scopes import Binding, Scope, Scopes

Dotted = frozenset[str]
NOTHING: Dotted = frozenset()
# Bindings that are followed for one expression; a longer chain counts as unresolved.
_STEPS = 40
_IMPORTERS = {"importlib.import_module", "importlib.__import__"}
_BUILT_IN = frozenset(dir(builtins))


class Resolver:
    """Resolves names of one module; ``own`` are modules that are the student's or were given."""

    def __init__(self, scopes: Scopes, own: Iterable[str] = ()) -> None:
        self.scopes = scopes
        self._own = frozenset(own)
        self._under_way: set[tuple[int, str]] = set()
        self._known: dict[tuple[int, int], Dotted] = {}

    def dotted(self, node: ast.expr, scope: Scope, steps: int = _STEPS) -> Dotted:
        """Return the dotted names that an expression may denote; none for a value of its own."""
        key = (id(node), id(scope))
        if key in self._known:
            return self._known[key]
        found = self._found(node, scope, steps) if steps > 0 else NOTHING
        if not self._under_way:  # otherwise a name that refers to itself may have been left out
            self._known[key] = found
        return found

    def _found(self, node: ast.expr, scope: Scope, steps: int) -> Dotted:
        match node:
            case ast.Name(id=name):
                return self._name(name, scope, node.lineno, steps)
            case ast.Attribute(value=value, attr=name):
                return _below(self.dotted(value, scope, steps - 1), name)
            case ast.Call():
                return self._call(node, scope, steps)
            case ast.Subscript(value=value, slice=ast.Constant(value=str(name))):
                modules = self.dotted(value, scope, steps - 1)
                return frozenset({name} if "sys.modules" in modules else ())
            case ast.IfExp(body=one, orelse=other):
                return self._any((one, other), scope, steps)
            case ast.BoolOp(values=values):
                return self._any(values, scope, steps)
            case ast.NamedExpr(value=value):
                return self.dotted(value, scope, steps - 1)
        return NOTHING

    def is_builtin(self, node: ast.expr, name: str, scope: Scope) -> bool:
        """Return True if an expression denotes that built-in function."""
        if isinstance(node, ast.Name):
            return node.id == name and scope.home(name) is None
        return f"builtins.{name}" in self.dotted(node, scope)

    def is_own_module(self, node: ast.expr, scope: Scope) -> bool:
        """Return True if an expression denotes a module of the student's own."""
        while isinstance(node, ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name):
            return False
        home = scope.home(node.id)
        bound = [] if home is None else [binding.dotted for binding in home.bindings[node.id]]
        return any(name and name.partition(".")[0] in self._own for name in bound)

    def _any(self, nodes: Iterable[ast.expr], scope: Scope, steps: int) -> Dotted:
        return NOTHING.union(*(self.dotted(node, scope, steps - 1) for node in nodes))

    def _call(self, node: ast.Call, scope: Scope, steps: int) -> Dotted:
        """Resolve ``getattr(np, "exp")`` and ``import_module("torch")``."""
        match node.args:
            case [ast.Constant(value=str(name)), *_]:
                if self.is_builtin(node.func, "__import__", scope):
                    return self._library(name.partition(".")[0])
                if self.dotted(node.func, scope, steps - 1) & _IMPORTERS:
                    return self._library(name)
            case [base, ast.Constant(value=str(name)), *_]:
                if self.is_builtin(node.func, "getattr", scope):
                    return _below(self.dotted(base, scope, steps - 1), name)
        return NOTHING

    def _name(self, name: str, scope: Scope, line: int, steps: int) -> Dotted:
        home = scope.home(name)
        found = self._starred(name, scope, home, line)
        if home is None or (id(home), name) in self._under_way:
            return found
        self._under_way.add((id(home), name))
        try:
            bindings = _in_force(home.bindings.get(name, []), home, scope, line)
            for binding in bindings:
                if binding.dotted is not None:
                    found |= self._library(binding.dotted)
                elif binding.value is not None and binding.scope is not None:
                    found |= self.dotted(binding.value, binding.scope, steps - 1)
        finally:
            self._under_way.discard((id(home), name))
        return found

    def _starred(self, name: str, scope: Scope, home: Scope | None, line: int) -> Dotted:
        """Return the dotted names to which ``from module import *`` may have bound a name.

        A name that the module binds itself has these values until then, and again after a later
        import. A name of a built-in function counts as that. A module that is no library, such as a
        course's tests, is not installed here, and binds nothing.
        """
        module = self.scopes.module
        if not self.scopes.stars or name in _BUILT_IN or home not in {None, module}:
            return NOTHING
        own = [binding.line for binding in module.bindings.get(name, []) if binding.firm]
        if home is None or not own:
            starred = self.scopes.stars
        elif scope is module:
            before = max((o for o in own if o < line), default=0)
            starred = [(star, at) for star, at in self.scopes.stars if before < at < line]
        else:
            starred = [(star, at) for star, at in self.scopes.stars if at > max(own)]
        tops = builtin_names.LIBRARIES.union(builtin_names.PRESENT).difference(self._own)
        return frozenset(f"{star}.{name}" for star, _ in starred if star.partition(".")[0] in tops)

    def _library(self, dotted: str) -> Dotted:
        return NOTHING if dotted.partition(".")[0] in self._own else frozenset({dotted})


def _below(bases: Dotted, name: str) -> Dotted:
    return frozenset(f"{above}.{name}" for above in bases) if bases else NOTHING


def _in_force(bindings: list[Binding], home: Scope, scope: Scope, line: int) -> Iterator[Binding]:
    """Yield the bindings that a name may have where it is used.

    At the top level these are the bindings above; inside a function, the last one that is always
    executed, and those that may have replaced it.
    """
    ordered = sorted(bindings, key=lambda binding: binding.line)
    if scope is home and scope.parent is None:
        ordered = [binding for binding in ordered if binding.line <= line] or ordered
    for binding in reversed(ordered):
        yield binding
        if binding.firm:
            return
