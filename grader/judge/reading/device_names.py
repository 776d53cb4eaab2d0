"""The devices that a source names, and the statements that the asked functions use."""

from __future__ import annotations

import ast
import re
import symtable
from typing import TYPE_CHECKING

from grader.wire.seen import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEVICE = re.compile(r"(cpu|cuda|mps|xpu|sim|meta)(:\d+)?")
_MOVES = {"cuda", "cpu"}


def reached(tree: ast.Module, names: tuple[str, ...]) -> Iterator[ast.stmt]:
    """Yield the top-level statements that bind these names, or names that those use in turn."""
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
    """Yield the top-level names that a statement uses; its own parameters are none."""
    tables = [symtable.symtable(ast.unparse(statement), "", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_global() or (table.get_type() == "module" and symbol.is_referenced()):
                yield symbol.get_name()


def named_devices(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield the devices named in a piece of code: the name, and its node."""
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
    """Return the position of a piece of code in these lines of a source."""

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
