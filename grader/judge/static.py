"""Static looks at a submission: they are shown with their line, and never score."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Sighting:
    """A forbidden name and the line where it stands."""

    name: str
    line: int


def sightings(tree: ast.AST, forbidden: Sequence[str]) -> list[Sighting]:
    """Return the uses of forbidden names.

    ``torch.softmax`` matches that dotted name under any import alias, and what lies below it;
    ``.backward`` matches the call of a method of that name on anything.
    """
    aliases = dict(_aliases(tree))
    methods = {name[1:] for name in forbidden if name.startswith(".")}
    names = [name for name in forbidden if not name.startswith(".")]
    # Of a longer chain of attributes the beginning is found on its own, by this very walk.
    longest = max((name.count(".") for name in names), default=0)
    found: set[Sighting] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in methods:
                found.add(Sighting(f".{name}", node.lineno))
        if isinstance(node, ast.Attribute | ast.Name):
            dotted = _dotted(node, aliases, longest)
            found |= {Sighting(name, node.lineno) for name in names if _within(dotted, name)}
    return sorted(found, key=lambda sighting: (sighting.line, sighting.name))


def _within(dotted: str | None, name: str) -> bool:
    return dotted is not None and (dotted == name or dotted.startswith(f"{name}."))


def _aliases(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                top = name.name.split(".")[0]
                yield (name.asname, name.name) if name.asname else (top, top)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                yield name.asname or name.name, f"{node.module}.{name.name}"


def _dotted(node: ast.expr, aliases: dict[str, str], longest: int) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < longest:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in aliases:
        return None
    return ".".join([aliases[node.id], *reversed(parts)])
