"""The scopes of a module, and the bindings of each name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from grader.ownwork import builtin_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Binding(NamedTuple):
    """One binding of a name: to an import (``dotted``), to an expression, or to neither.

    ``firm``: it is executed whenever the module is, and replaces earlier bindings.
    """

    line: int
    dotted: str | None = None
    value: ast.expr | None = None
    scope: Scope | None = None
    firm: bool = False


class Scope:
    """A module, class, function or comprehension, and the bindings of its names."""

    def __init__(self, node: ast.AST, parent: Scope | None = None) -> None:
        self.node = node
        self.parent = parent
        self.bindings: dict[str, list[Binding]] = {}
        self.elsewhere: dict[str, Scope] = {}  # names declared global

    @property
    def of_class(self) -> bool:
        """Whether nested functions do not see its names."""
        return isinstance(self.node, ast.ClassDef)

    def home(self, name: str) -> Scope | None:
        """Return the scope in which a name used here is bound, None if there is none."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.elsewhere:
                return scope.elsewhere[name]
            if name in scope.bindings and (scope is self or not scope.of_class):
                return scope
            scope = scope.parent
        return None

    def bind(self, name: str, binding: Binding) -> None:
        """Add a binding of a name in this scope."""
        owner = self.elsewhere.get(name, self)
        owner.bindings.setdefault(name, []).append(binding)


class Scopes:
    """The scopes of a module: built at construction, then queried node by node."""

    def __init__(self, module: ast.Module) -> None:
        self.module = Scope(module)
        self.stars: list[tuple[str, int]] = []  # modules of `from ... import *`, and the lines
        self._of: dict[ast.AST, Scope] = {}
        self._parts: dict[ast.AST, list[tuple[ast.AST, Scope]]] = {}
        self._built = False  # a node's own scope is opened only when its children are requested
        for statement in module.body:
            self._visit(statement, self.module, firm=_sure(statement))
        self._built = True

    def within(self, node: ast.AST, scope: Scope) -> Scope:
        """Return the scope of a node's children, given the scope that contains the node."""
        return self._of.get(node, scope)

    def parts(self, node: ast.AST, scope: Scope) -> list[tuple[ast.AST, Scope]]:
        """Return the children of a node, each with its scope. Annotations are left out."""
        known = self._parts.get(node)
        if known is None:
            known = list(self._children(node, scope))
            if self._built:
                self._parts[node] = known
        return known

    def _children(self, node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        inside = self.within(node, scope)
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from ((child, scope) for child in (*node.decorator_list, *defaults(node)))
                yield from ((child, inside) for child in node.body)
            case ast.Lambda():
                yield from ((child, scope) for child in defaults(node))
                yield node.body, inside
            case ast.ClassDef():
                outside = (*node.decorator_list, *node.bases, *node.keywords)
                yield from ((child, scope) for child in outside)
                yield from ((child, inside) for child in node.body)
            case ast.AnnAssign():
                yield node.target, scope
                if node.value is not None:
                    yield node.value, scope
            case _:
                yield from ((child, inside) for child in _below(node))

    def walk(self, node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        """Yield a node and all nodes below it, each with its scope."""
        waiting = [(node, scope)]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(self.parts(*here))

    def _visit(self, node: ast.AST, scope: Scope, *, firm: bool = False) -> None:
        waiting = [(node, scope, firm)]
        while waiting:
            node, scope, firm = waiting.pop()
            self._note(node, scope, firm=firm)
            waiting += [(child, inside, False) for child, inside in self.parts(node, scope)]

    def _note(self, node: ast.AST, scope: Scope, *, firm: bool) -> None:
        match node:
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope, firm=firm)
            case ast.Assign():
                for target in node.targets:
                    self._assign(target, node.value, scope, firm=firm)
            case ast.AnnAssign(value=ast.expr() as value):
                self._assign(node.target, value, scope, firm=firm)
            case ast.NamedExpr():
                self._assign(node.target, node.value, _outside_comprehensions(scope))
            case ast.Name(ctx=ast.Store() | ast.Del()):
                scope.bind(node.id, Binding(node.lineno))
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
                scope.bind(node.name, Binding(node.lineno))
            case _:
                self._open(node, scope, firm=firm)

    def _open(self, node: ast.AST, scope: Scope, *, firm: bool) -> None:
        """Open the scope of a definition or comprehension."""
        if isinstance(node, DEFINITIONS):
            scope.bind(node.name, Binding(node.lineno, firm=firm))
        elif not isinstance(node, (ast.Lambda, *COMPREHENSIONS)):
            return
        inside = self._of[node] = Scope(node, scope)
        if isinstance(node, FUNCTIONS):
            self._parameters(node, inside, scope)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for name in _declared_global(node.body):
                inside.elsewhere[name] = self.module

    def _parameters(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, inside: Scope, scope: Scope
    ) -> None:
        taken = node.args
        plain = [*taken.posonlyargs, *taken.args]
        given: dict[str, ast.expr | None] = dict.fromkeys(
            name.arg for name in (*plain, *taken.kwonlyargs)
        )
        if taken.defaults:
            last = plain[-len(taken.defaults) :]
            given.update(
                (name.arg, value) for name, value in zip(last, taken.defaults, strict=True)
            )
        keyed = zip(taken.kwonlyargs, taken.kw_defaults, strict=True)
        given.update((name.arg, value) for name, value in keyed)
        given.update((rest.arg, None) for rest in (taken.vararg, taken.kwarg) if rest is not None)
        line = getattr(node, "lineno", 0)
        for name, value in given.items():
            inside.bind(name, Binding(line, value=value, scope=scope))

    def _assign(
        self, target: ast.expr, value: ast.expr, scope: Scope, *, firm: bool = False
    ) -> None:
        if isinstance(target, ast.Name):
            scope.bind(target.id, Binding(target.lineno, value=value, scope=scope, firm=firm))
        pairs = (ast.Tuple, ast.List)
        if (
            isinstance(target, pairs)
            and isinstance(value, pairs)
            and len(target.elts) == len(value.elts)
        ):
            for one, its in zip(target.elts, value.elts, strict=True):
                self._assign(one, its, scope, firm=firm)

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope, *, firm: bool) -> None:
        for alias in node.names:
            if isinstance(node, ast.Import):
                top = alias.name.split(".")[0]
                bound, dotted = (alias.asname, alias.name) if alias.asname else (top, top)
            elif node.level or node.module is None:
                bound, dotted = alias.asname or alias.name, None
            elif alias.name == "*":
                self.stars.append((node.module, node.lineno))
                continue
            else:
                bound, dotted = alias.asname or alias.name, f"{node.module}.{alias.name}"
            scope.bind(bound, Binding(node.lineno, dotted, firm=firm))


def _sure(node: ast.stmt) -> bool:
    """Return True if a statement can hardly fail: a failing one is skipped, and binds nothing."""
    match node:
        case ast.FunctionDef(decorator_list=[]) | ast.AsyncFunctionDef(decorator_list=[]):
            return all(map(_constant, defaults(node)))
        case ast.Assign(value=ast.Constant()):
            return True
        case ast.Import(names=[ast.alias(name=name)]):
            return name.partition(".")[0] in builtin_names.PRESENT
        case ast.ImportFrom(module=str(module)):
            # A missing name of NumPy is reported; math may well lack a name.
            return module.partition(".")[0] in builtin_names.PRESENT - builtin_names.STANDARD
    return False


def _constant(node: ast.expr) -> bool:
    value = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(value, ast.Constant)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children of a node that carry meaning: no contexts, no operators."""
    if isinstance(node, (ast.Name, ast.Constant)):
        return
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            yield from (item for item in value if isinstance(item, ast.AST))
        elif isinstance(value, ast.AST) and name not in {"ctx", "op"}:
            yield value


def defaults(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.expr]:
    """Return the default values of a function's parameters."""
    return [*node.args.defaults, *(value for value in node.args.kw_defaults if value is not None)]


def _outside_comprehensions(scope: Scope) -> Scope:
    while isinstance(scope.node, COMPREHENSIONS) and scope.parent is not None:
        scope = scope.parent
    return scope


def _declared_global(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that a function declares global, except those of nested functions."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Global):
            yield from node.names
        elif not isinstance(node, DEFINITIONS):
            waiting.extend(ast.iter_child_nodes(node))
