"""Search of a source for names that an exercise does not allow.

It reads the text only: an expression that is assembled at run time cannot be resolved, so the means
for that (``exec``, ``getattr`` with a computed name) are themselves reported. No finding is a
proof: it never costs points.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from grader.ownwork import builtin_names
from grader.ownwork.indirect_access import asks_membership, reaching
from grader.ownwork.own import own_attributes
from grader.ownwork.reach import Reach, graded
from grader.ownwork.resolve import Resolver
from grader.ownwork.scopes import Scopes
from grader.ownwork.screen import nothing_to_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.ownwork.policy import Policy
    from grader.ownwork.scopes import Scope

_TYPE_TESTS = ("isinstance", "issubclass", "hasattr")
_ASKING = ("getattr", "vars")
_NUMPY_DTYPES = frozenset({"astype", "view", "newbyteorder", "type"})


class ForbiddenUse(NamedTuple):
    """A disallowed name, and its line."""

    line: int
    name: str


class Look(NamedTuple):
    """The findings of a search, by line, and the modules that it would have to search as well.

    ``imported``: modules that the asked functions use, each with the names that are used of it,
    which may be incomplete.
    """

    found: list[ForbiddenUse]
    imported: list[tuple[str, frozenset[str]]]


def find_forbidden(
    tree: ast.Module, asked: Sequence[str], policy: Policy, own_modules: Iterable[str] = ()
) -> list[ForbiddenUse]:
    """Return the disallowed names that the functions ``asked`` use, by line."""
    return look(tree, asked, policy, tuple(own_modules)).found


def look(
    tree: ast.Module,
    asked: Sequence[str],
    policy: Policy,
    own_modules: tuple[str, ...] = (),
    *,
    imports: bool = False,
) -> Look:
    """Search for disallowed names that the functions ``asked`` use.

    ``own_modules`` are modules of the student's, or given with the exercise; with ``imports`` the
    result lists those that are imported.
    """
    if not imports and nothing_to_report(tree, asked, policy, own_modules):
        return Look([], [])
    module = graded(tree)
    scopes = Scopes(module)
    resolver = Resolver(scopes, own_modules)
    reach = Reach(module, scopes, resolver)
    looker = _Looker(scopes, resolver, policy)
    bearing = reach.bearing_on(asked)
    looker.own = own_attributes([unit.node for unit in bearing])
    for name in asked:
        looker.asked(name)
    for unit in bearing:
        looker.look(unit.node, scopes.module)
    chosen = {id(unit) for unit in bearing}
    aside = [unit for unit in reach.run(asked) if id(unit) not in chosen]
    found = looker.found.union(ForbiddenUse(*one) for one in reaching(aside, scopes, resolver))
    parts = [part for unit in bearing for part in ast.walk(unit.node)] if imports else []
    elsewhere = (name for name in asked if name not in scopes.module.bindings)
    used = frozenset(elsewhere).union(name for part in parts for name in _mentioned(part))
    return Look(sorted(found), list(_imported(parts, used)))


def _imported(parts: list[ast.AST], used: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for part in parts:
        if isinstance(part, ast.Import):
            yield from ((alias.name, used) for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            for alias in part.names:
                if part.module:
                    yield part.module, used if alias.name == "*" else frozenset({alias.name})
                yield ".".join(filter(None, (part.module, alias.name))), used


def _mentioned(part: ast.AST) -> Iterator[str]:
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            yield name


class _Looker:
    def __init__(self, scopes: Scopes, resolver: Resolver, policy: Policy) -> None:
        self.found: set[ForbiddenUse] = set()
        self.own: frozenset[str] = frozenset()
        self._asked: list[ast.Name] = []
        self._scopes = scopes
        self._resolver = resolver
        self._policy = policy

    def asked(self, name: str) -> None:
        """Resolve an asked function as it is bound once the module is loaded."""
        bindings = self._scopes.module.bindings.get(name, [])
        last = max((binding.line for binding in bindings), default=10**9)
        node = ast.Name(name, ast.Load(), lineno=10**9, col_offset=0)
        self._asked.append(node)  # the resolver identifies nodes by their id
        for dotted in self._resolver.dotted(node, self._scopes.module):
            line = last if bindings else self._scopes.stars[-1][1]
            self._judge(dotted, line, leading=True)

    def look(self, node: ast.AST, scope: Scope) -> None:
        """Search a node, and all below it, for disallowed names."""
        waiting: list[tuple[ast.AST, Scope, bool]] = [(node, scope, False)]
        while waiting:
            node, scope, leading = waiting.pop()
            waiting.extend(self._looked(node, scope, leading=leading))

    # -- nodes --------------------------------------------------------------------------------

    def _looked(
        self, node: ast.AST, scope: Scope, *, leading: bool
    ) -> list[tuple[ast.AST, Scope, bool]]:
        """Search one node; return its children to search next, with whether they lead to a name.

        ``leading``: the value of this node is named further up, or bound to a name.
        """
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            return []
        if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
            self._expression(node, scope, leading=leading)
        else:
            self._text_or_switch(node)
        return [
            (child, inside, self._leads(node, child, scope, leading=leading))
            for child, inside in self._scopes.parts(node, scope)
            if not self._passed_over(node, child, scope)
        ]

    def _expression(
        self,
        node: ast.Name | ast.Attribute | ast.Call | ast.Subscript,
        scope: Scope,
        *,
        leading: bool,
    ) -> None:
        """Search an expression that may denote an object of a library, or any object's method."""
        dotted = self._resolver.dotted(node, scope)
        for name in dotted:
            self._judge(name, node.lineno, leading=leading)
        if isinstance(node, ast.Name):
            self._builtin(node, scope)
            if node.id in _ASKING and not leading and scope.home(node.id) is None:
                self._note(node.id, node)
        elif isinstance(node, ast.Call):
            self._call(node, scope)
        elif isinstance(node, ast.Attribute) and not dotted:
            self._attribute(node, scope)

    def _text_or_switch(self, node: ast.AST) -> None:
        match node:
            case ast.Constant() | ast.BinOp() | ast.JoinedStr():
                if (text := _folded(node)) in builtin_names.LONG_FLOATS:
                    self._text(text, node)
            case ast.Dict(keys=keys):
                for key, value in zip(keys, node.values, strict=True):
                    if (text := _folded(key)) in builtin_names.SWITCHES:
                        self._switch(text, value)
            case ast.keyword(arg=str(name), value=value) if name in builtin_names.SWITCHES:
                self._switch(name, value)
            case ast.keyword(arg="dtype", value=value):
                self._code(value)
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                self._code(value)
            case ast.Return(value=ast.expr() as value):
                self._code(value)

    def _leads(self, node: ast.AST, child: ast.AST, scope: Scope, *, leading: bool) -> bool:
        """Return True if a child is part of a dotted name, or is bound to a name."""
        match node:
            case ast.Assign() | ast.AnnAssign() if scope.of_class:
                return False  # it is an attribute, whose owner is unknown
            case ast.Attribute() | ast.Subscript():
                return child is node.value
            case ast.Assign(targets=[ast.Name()]) | ast.AnnAssign() | ast.NamedExpr():
                return child is node.value
            case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple()):
                return child is node.value
            case ast.Tuple() | ast.BoolOp():
                return leading
            case ast.IfExp():
                return leading and child is not node.test
            case ast.Call():
                asked = isinstance(child, ast.Name) and child.id in _ASKING
                return (asked and child is node.func) or (leading and child in node.args[:1])
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                return isinstance(child, (ast.Name, ast.Attribute)) and child is not node.body
        return False

    def _passed_over(self, node: ast.AST, child: ast.AST, scope: Scope) -> bool:
        """Return True if a child only tests the type of a value, or has been searched already."""
        match node:
            case ast.Attribute():
                # The longest form of a dotted name has been searched.
                return bool(self._resolver.dotted(node, scope)) and isinstance(
                    child, (ast.Name, ast.Attribute)
                )
            case ast.Call(func=ast.Name(id=called)) if called in _TYPE_TESTS:
                return child in node.args and not isinstance(child, ast.Call)
            case ast.ExceptHandler():
                return child is node.type
            case ast.MatchClass():
                return child is node.cls
            case ast.Compare():
                return child in node.comparators and asks_membership(node)
            case ast.Expr():
                return isinstance(child, ast.Constant)
        return False

    def _call(self, node: ast.Call, scope: Scope) -> None:
        found = self._resolver.dotted(node.func, scope)
        if self._resolver.is_builtin(node.func, "getattr", scope):
            self._getattr(node, scope)
        elif self._resolver.is_builtin(node.func, "vars", scope):
            if not (node.args and _is_self(node.args[0])):
                self._note("vars", node)
        elif found & {"operator.methodcaller", "operator.attrgetter"}:
            self._getter(node)
        elif any(builtin_names.within(name, ["numpy"]) for name in found) or (
            isinstance(node.func, ast.Attribute) and node.func.attr in _NUMPY_DTYPES
        ):
            for value in node.args:
                self._code(value)
        if isinstance(node.func, ast.Name) and node.func.id in {"setattr", "dict"}:
            for value in node.args:
                if isinstance(value, ast.Constant) and value.value in builtin_names.SWITCHES:
                    self._named(str(value.value), node)

    def _getter(self, node: ast.Call) -> None:
        """Search the attributes that ``operator.attrgetter`` and the like will read."""
        for value in node.args:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                for name in value.value.split("."):
                    self._named(name, node)
            elif node.args[0] is value:
                self._note("operator", node)

    def _getattr(self, node: ast.Call, scope: Scope) -> None:
        match node.args:
            case [base, ast.Constant(value=str(name)), *_]:
                if not self._resolver.dotted(base, scope):
                    self._named(name, node)
            case [base, *_] if _is_self(base):
                pass
            case _:
                self._note("getattr", node)

    def _named(self, name: str, node: ast.expr) -> None:
        """Search an attribute that is named by a string."""
        if name not in self.own and not self._permits(name):
            self._note(f".{name}", node)

    def _permits(self, name: str) -> bool:
        elsewhere = (
            name in builtin_names.REACHING_ATTRIBUTES or name in builtin_names.MODULE_ATTRIBUTES
        )
        return not elsewhere and self._policy.permits_attribute(name)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> None:
        name = node.attr
        if name in builtin_names.SWITCHES and isinstance(node.ctx, ast.Load):
            return  # testing whether it is set is allowed
        if isinstance(node.ctx, ast.Load) and name == "__dict__" and not _is_self(node.value):
            self._note(".__dict__", node)
        if self._resolver.is_own_module(node.value, scope):
            if name in builtin_names.MODULE_ATTRIBUTES:
                self._note(f".{name}", node)
            return
        if (name not in self.own or self._inherited(node, scope)) and not self._permits(name):
            self._note(f".{name}", node)

    def _inherited(self, node: ast.Attribute, scope: Scope) -> bool:
        """Return True if this reads from ``super()`` in a class derived from a library's."""
        match node.value:
            case ast.Call(func=ast.Name(id="super")):
                pass
            case _:
                return False
        inside: Scope | None = scope
        while inside is not None and not isinstance(inside.node, ast.ClassDef):
            inside = inside.parent
        if inside is None or inside.parent is None or not isinstance(inside.node, ast.ClassDef):
            return True
        outside = inside.parent
        return any(self._resolver.dotted(base, outside) for base in inside.node.bases)

    def _builtin(self, node: ast.Name, scope: Scope) -> None:
        if node.id in builtin_names.REACHING_BUILTINS and scope.home(node.id) is None:
            self._note(node.id, node)

    def _switch(self, name: str, value: ast.expr) -> None:
        off = isinstance(value, ast.Constant) and value.value is False
        if not off and not self._policy.permits_attribute(name):
            self._note(name, value)

    def _text(self, text: str, node: ast.expr) -> None:
        if self._policy.rest(f"numpy.{text}") is None:
            self._note(f'"{text}"', node)

    def _code(self, value: ast.expr) -> None:
        """Search a string that may be the code of a dtype."""
        text = _folded(value)
        if text in builtin_names.LONG_CODES and self._policy.rest("numpy.longdouble") is None:
            self._note(f'"{text}"', value)

    # -- names --------------------------------------------------------------------------------

    def _judge(self, dotted: str, line: int, *, leading: bool = False) -> None:
        """Record a dotted name if it is disallowed."""
        rest = self._policy.rest(dotted)
        if rest is None and builtin_names.of_standard_library(dotted):
            computes = not self._policy.open and builtin_names.within(
                dotted, builtin_names.COMPUTING
            )
            rest = None if computes or builtin_names.reaches(dotted) else ()
        if rest is None:
            on_the_way = leading and self._policy.leads_on(dotted)
            if not on_the_way and not _describes(dotted):
                self.found.add(ForbiddenUse(line, dotted))
        elif not all(self._permits(name) and name != "__dict__" for name in rest):
            self.found.add(ForbiddenUse(line, dotted))

    def _note(self, name: str, node: ast.expr | ast.stmt) -> None:
        self.found.add(ForbiddenUse(node.lineno, name))


def _folded(node: ast.AST | None) -> str:
    """Return the string that constants form, empty if anything else is among them."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = _folded(left), _folded(right)
            return one + other if one and other else ""
        case ast.JoinedStr(values=values):
            parts = [_folded(value) for value in values]
            return "".join(parts) if all(parts) else ""
        case ast.FormattedValue(value=ast.Constant(value=value), format_spec=None):
            return str(value)
    return ""


def _describes(dotted: str) -> bool:
    return dotted.rpartition(".")[2] in builtin_names.DESCRIBING


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}
