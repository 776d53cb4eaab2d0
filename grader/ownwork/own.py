"""The attributes that a source gives to its own classes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def own_attributes(nodes: Iterable[ast.stmt]) -> frozenset[str]:
    """Return the methods and attributes of the classes that are defined in some statements."""
    return frozenset(name for node in nodes for part in ast.walk(node) for name in _own(part))


def _own(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ClassDef(body=body):
            for statement in body:
                yield from _of_class(statement)
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
            yield name
        case ast.Call(func=func, args=args, keywords=keywords):
            yield from _of_record(func, args, keywords)


def _of_class(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
                if isinstance(target, ast.Name) and target.id == "__slots__":
                    yield from _texts(value)


def _of_record(func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[str]:
    """Yield the fields of ``SimpleNamespace(W=1)`` and ``namedtuple("Layer", "W b")``."""
    called = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if called == "SimpleNamespace":
        yield from (keyword.arg for keyword in keywords if keyword.arg)
    elif called in {"namedtuple", "NamedTuple", "make_dataclass"}:
        for arg in args[1:]:
            yield from _texts(arg)


def _texts(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from part.value.replace(",", " ").split()
