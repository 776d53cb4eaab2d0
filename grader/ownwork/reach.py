"""The statements of a module on which the asked functions depend, and those that are executed.

Statements below ``if __name__ == "__main__":`` are never executed when a submission is graded.
Neither is a function that nothing mentions. A comparison with a library beside the answer
(``assert``, ``print``) is executed and changes nothing that the answer uses. The analysis errs on
the safe side: whatever may replace or change what an asked function uses counts as a dependency.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.ownwork.scopes import DEFINITIONS, FUNCTIONS, defaults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.ownwork.resolve import Resolver
    from grader.ownwork.scopes import Scope, Scopes

_HARMLESS_CALLS = frozenset(
    """
    print len range enumerate zip map filter sorted reversed list tuple dict set frozenset str int
    float complex bool bytes repr format abs min max sum all any round divmod pow isinstance
    issubclass hasattr callable type id hash iter input open display
    """.split()  # noqa: SIM905 - a list of so many words in quotation marks is hard to read
)
"""Built-in functions that modify none of their arguments (``display``: a notebook's)."""


class Unit:
    """One statement of the module, and its effect on the module's names."""

    def __init__(self, node: ast.stmt) -> None:
        self.node = node
        self.defines = isinstance(node, DEFINITIONS)
        self.binds: set[str] = set()
        self.reads: set[str] = set()
        self.at_once: set[str] = set()  # read when the statement is executed
        self.changes: set[str] = set()  # when the statement is executed
        self.effects: set[str] = set()  # of the functions inside, when they are called
        self.keeps = False  # a function that sets attributes of its arguments


class Reach:
    """The units of a module, those that some names depend on and those that are executed."""

    def __init__(self, module: ast.Module, scopes: Scopes, resolver: Resolver) -> None:
        self._scopes = scopes
        self._resolver = resolver
        self.units = [Unit(node) for node in module.body]
        self._defined = {
            name: unit
            for unit in self.units
            if unit.defines and isinstance(unit.node, DEFINITIONS)
            for name in (unit.node.name,)
        }
        for unit in self.units:
            self._describe(unit)

    def bearing_on(self, names: Iterable[str]) -> list[Unit]:
        """Return the units on which the functions of those names depend, in order."""
        changed = {id(unit): self._changed(unit) for unit in self.units}
        # The names that a star import binds are unknown here.
        chosen = {id(unit) for unit in self.units if _brings_all(unit.node)}
        wanted = set(names)
        grew = True
        while grew:
            grew = False
            for unit in self.units:
                if id(unit) not in chosen and changed[id(unit)] & wanted:
                    chosen.add(id(unit))
                    wanted |= unit.reads | changed[id(unit)]
                    grew = True
        return [unit for unit in self.units if id(unit) in chosen]

    def run(self, names: Iterable[str]) -> list[Unit]:
        """Return the units that are executed, at loading or by a call of those functions."""
        wanted, chosen = set(names), set[int]()
        grew = True
        while grew:
            grew = False
            for unit in self.units:
                if id(unit) in chosen or (unit.defines and not unit.binds & wanted):
                    continue
                chosen.add(id(unit))
                wanted |= unit.reads
                grew = True
        return [unit for unit in self.units if id(unit) in chosen or unit.at_once]

    def _changed(self, unit: Unit) -> set[str]:
        """Return the names that a unit rebinds, or whose values it modifies."""
        return unit.binds | unit.changes | self._effects(unit.at_once)

    def _effects(self, called: set[str]) -> set[str]:
        """Return the names that functions of those names may change, or that they mention."""
        waiting, seen, effects = list(called), set[str](), set[str]()
        while waiting:
            name = waiting.pop()
            unit = self._defined.get(name)
            if name in seen or unit is None:
                continue
            seen.add(name)
            effects |= unit.effects
            waiting.extend(unit.reads)
        return effects

    def _describe(self, unit: Unit) -> None:
        module = self._scopes.module
        at_once = {id(unit.node), *(id(node) for node in self._at_once(unit.node))}
        for node, scope in self._scopes.walk(unit.node, module):
            now = not unit.defines or id(node) in at_once
            for name in self._bound(node, scope):
                unit.binds.add(name)
                if not now:  # a global, whenever the function is called
                    unit.effects.add(name)
            if isinstance(node, ast.Name) and self._of_module(node.id, scope):
                unit.reads.add(node.id)
                if now:
                    unit.at_once.add(node.id)
            changed = set(self._changes(node, scope))
            (unit.changes if now else unit.effects).update(changed)
            unit.keeps = unit.keeps or _keeps(node)
        if isinstance(unit.node, (ast.Import, ast.ImportFrom)):
            unit.binds.update(_imported(unit.node))
        unit.reads -= unit.binds if unit.defines else set()

    def _at_once(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the parts of a definition that are executed at the definition, not at a call."""
        if isinstance(node, FUNCTIONS):
            outside: list[ast.AST] = [*getattr(node, "decorator_list", ()), *defaults(node)]
            for child in outside:
                yield from ast.walk(child)
        elif isinstance(node, ast.ClassDef):
            for child in (*node.decorator_list, *node.bases, *node.keywords):
                yield from ast.walk(child)
            for statement in node.body:
                yield from self._at_once(statement)
        else:
            yield from ast.walk(node)

    def _of_module(self, name: str, scope: Scope) -> bool:
        return scope.home(name) in {None, self._scopes.module}

    def _bound(self, node: ast.AST, scope: Scope) -> Iterator[str]:
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                if self._of_module(name, scope):
                    yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if self._of_module(name, scope):
                    yield name
            case ast.ClassDef(name=name):
                if self._of_module(name, scope):
                    yield name
            case ast.Import() | ast.ImportFrom():
                yield from (name for name in _imported(node) if self._of_module(name, scope))

    def _changes(self, node: ast.AST, scope: Scope) -> Iterator[str]:
        """Yield the module's names whose values a node may modify."""
        match node:
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                yield from self._base(node, scope)
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                yield from self._base(node, scope)
            case ast.Call(func=func):
                yield from self._changed_by_call(node, func, scope)

    def _changed_by_call(self, node: ast.Call, func: ast.expr, scope: Scope) -> Iterator[str]:
        for keyword in node.keywords:
            if keyword.arg == "out":
                yield from self._mentioned(keyword.value, scope)
        dotted = self._resolver.dotted(func, scope)
        if dotted:
            return  # a library's: it modifies only its own objects
        if isinstance(func, ast.Attribute):
            yield from self._base(func, scope)
        elif isinstance(func, ast.Name):
            if func.id in _HARMLESS_CALLS and scope.home(func.id) is None:
                return
            called = self._defined.get(func.id)
            safe = called is not None and isinstance(called.node, FUNCTIONS) and not called.keeps
            for name in self._passed(node, scope):
                if not (safe and name in self._defined):
                    yield name

    def _passed(self, node: ast.Call, scope: Scope) -> Iterator[str]:
        for value in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from self._mentioned(value, scope)

    def _mentioned(self, value: ast.expr, scope: Scope) -> Iterator[str]:
        """Yield the module's names that are passed on, not those that are only called."""
        passed_over: set[int] = set()
        for node, inside in self._scopes.walk(value, scope):
            if isinstance(node, ast.Call):
                passed_over.add(id(node.func))
            elif isinstance(node, ast.Attribute) and self._resolver.dotted(node, inside):
                passed_over.add(id(node.value))  # np of np.pi
            elif not isinstance(node, ast.Name) or id(node) in passed_over:
                continue
            elif self._of_module(node.id, inside):
                yield node.id

    def _base(self, node: ast.expr, scope: Scope) -> Iterator[str]:
        while isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        if isinstance(node, ast.Name) and self._of_module(node.id, scope):
            yield node.id


def _keeps(node: ast.AST) -> bool:
    """Return True if a function may store something in an attribute of its argument."""
    match node:
        case ast.Attribute(ctx=ast.Store()):
            return True
        case ast.Name(id="setattr" | "vars"):
            return True
    return False


def _brings_all(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        if alias.name != "*":
            yield alias.asname or alias.name.partition(".")[0]


def graded(module: ast.Module) -> ast.Module:
    """Return a module without the statements that only running it as a program executes."""
    if _renames_module(module):
        return module
    return ast.Module(list(_executed(module.body)), module.type_ignores)


def _executed(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If) and _is_main(node.test):
            yield from _executed(node.orelse)
        else:
            yield node


def _is_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            sides = [left, right]
            return any(_names_module(side) for side in sides) and any(
                isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
            )
        case ast.BoolOp(op=ast.And(), values=values):
            return any(map(_is_main, values))
    return False


def _names_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__name__"


def _renames_module(module: ast.Module) -> bool:
    """Return True if a source assigns ``__name__``, so that the test for it may succeed."""
    for node in ast.walk(module):
        match node:
            case ast.Name(id="__name__", ctx=ast.Store() | ast.Del()):
                return True
            case ast.Global(names=names) if "__name__" in names:
                return True
    return False
