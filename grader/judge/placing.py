"""What a check may ask about devices: where results are, and whether a source names a device."""

from __future__ import annotations

import ast
import re
import symtable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.judge.compare import device_findings, wrong_kind
from grader.judge.failures import CheckFailedError, Finding, LookedAt, NotRunError
from grader.wire.seen import Part
from grader.wire.values import Drained, Tensor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.judge.compare import Path
    from grader.judge.submission import Submission

_DEVICE = re.compile(r"(cpu|cuda|mps|xpu|sim|meta)(:\d+)?")
_MOVES = {"cuda", "cpu"}


def assert_on_device(got: Any) -> None:
    """Check that a tensor, or each tensor of a dict, list or tuple, is on the device judged on."""
    findings = _elsewhere(got, ())
    if findings:
        raise CheckFailedError(*findings, looked_at=LookedAt(got))


def _elsewhere(got: Any, path: Path) -> list[Finding]:
    if isinstance(got, Tensor):
        return device_findings(got, path)
    if isinstance(got, Drained):
        got = got.items
    if not isinstance(got, dict | list | tuple):
        return wrong_kind(got, "tensor", path)
    pairs = got.items() if isinstance(got, dict) else enumerate(got)
    return next((found for key, one in pairs if (found := _elsewhere(one, (*path, key)))), [])


def anywhere(value: Any) -> Any:
    """Return a result whose values can be compared wherever its tensors are.

    For checks of values: whether they are on the device is then for one check of its own.
    """
    if isinstance(value, Tensor):
        return replace(value, device="")
    if isinstance(value, dict):
        return {key: anywhere(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(anywhere(item) for item in value)
    return value


def assert_no_device_named(submission: Submission, *functions: str) -> None:
    """Check that these functions, and what of the file they use, name no device of their own.

    A default value, a fallback for None and a comparison name none that would be imposed.
    """
    try:
        tree = submission.tree
    except SyntaxError:
        raise NotRunError("load", Finding("not_run.load")) from None
    for node in reached(tree, functions):
        for name, found in named_devices(node):
            place = part_of(found, submission.source.split("\n"))
            raise CheckFailedError(Finding("device.named", {"name": name}, place=place))


def reached(tree: ast.Module, names: tuple[str, ...]) -> Iterator[ast.stmt]:
    """Yield the statements of the top level that bind these names, or names that those use."""
    bound: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for name in _bound_by(statement):
            bound.setdefault(name, []).append(statement)
    wanted, seen = list(names), set[str]()
    yielded = set[int]()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in bound.get(name, ()):
            if id(statement) not in yielded:
                yielded.add(id(statement))
                yield statement
            wanted += _used_by(statement)


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif not isinstance(statement, ast.Import | ast.ImportFrom | ast.Expr):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _used_by(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of the top level that a statement uses: a parameter is no such name."""
    tables = [symtable.symtable(ast.unparse(statement), "", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_global() or (table.get_type() == "module" and symbol.is_referenced()):
                yield symbol.get_name()


def named_devices(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield the devices that are named in a piece of code: what they are called, and where."""
    match node:
        case ast.Compare() | ast.arguments():
            return
        case ast.BoolOp(op=ast.Or()):
            yield from named_devices(node.values[0])
            return
        case ast.If(test=test) | ast.IfExp(test=test) if _looks_for_none(test):
            return
        case ast.Constant(value=str(text)) if _DEVICE.fullmatch(text):
            yield text, node
        case ast.Call(func=ast.Attribute(attr=name)) if name in _MOVES:
            yield f".{name}()", node
    for child in ast.iter_child_nodes(node):
        yield from named_devices(child)


def _looks_for_none(test: ast.expr) -> bool:
    return any(isinstance(n, ast.Constant) and n.value is None for n in ast.walk(test))


def part_of(node: ast.stmt | ast.expr, lines: list[str]) -> Part:
    """Return where a piece of code is in these lines of a source."""

    def characters(line: int, column: int) -> int:
        return 1 + len(lines[line - 1].encode()[:column].decode(errors="ignore"))

    last = node.end_lineno or node.lineno
    return Part(
        node.lineno,
        None,
        characters(node.lineno, node.col_offset),
        last,
        characters(last, node.end_col_offset or 0),
    )
