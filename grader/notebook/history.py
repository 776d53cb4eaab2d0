"""The cells that a notebook has run, as the notebook has them now."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_HIDDEN = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass
class RunCell:
    """A cell: its number, its text, and what identifies it in its notebook, if that is known.

    ``binds``: the names that its code binds, None if Python cannot read it.
    """

    number: int
    text: str
    id: str | None
    binds: frozenset[str] | None


class History:
    """The cells that were run, in the order in which they were run first.

    A cell that was changed and run again keeps its old place, with its new text. Where a
    front end does not tell which cell it runs, one that binds all the names of an earlier one is
    taken for the earlier one, changed. ``python`` makes Python of a cell.
    """

    def __init__(self, python: Callable[[str], str]) -> None:
        self._python = python
        self._cells: list[RunCell] = []

    def ran(self, number: int, text: str, id_: str | None = None) -> None:
        """Note that a cell is run: its number from now on, its text, its identity."""
        new = RunCell(number, text, id_, self._names(text))
        places = [at for at, old in enumerate(self._cells) if _is_again(new, old)]
        for at in reversed(places[1:]):
            del self._cells[at]
        if places:
            self._cells[places[0]] = new
        else:
            self._cells.append(new)

    def forget(self, number: int) -> None:
        """Remove a cell that did not come to its end."""
        self._cells = [cell for cell in self._cells if cell.number != number]

    def cells(self) -> list[tuple[int, str, bool]]:
        """Return number and text of each cell, and whether it is Python."""
        return [(cell.number, cell.text, cell.binds is not None) for cell in self._cells]

    def _names(self, text: str) -> frozenset[str] | None:
        lines = text.split("\n")
        while lines and (not lines[0].strip() or lines[0].startswith("%%")):
            del lines[0]
        tree = parsed("\n".join(lines), self._python)
        return None if tree is None else frozenset(_bound(tree))


def parsed(text: str, python: Callable[[str], str]) -> ast.AST | None:
    """Return the tree of a cell, None if it is not Python; ``python`` makes Python of a cell."""
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about "\d" come when it is run
            tree: ast.AST = compile(python(text), "cell", "exec", flags, dont_inherit=True)
    except Exception:  # noqa: BLE001 - whatever a text does to IPython or Python
        return None
    return tree


def _bound(tree: ast.AST) -> Iterator[str]:
    """Yield the names that code binds at its own level, not inside its functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, _SCOPES):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                yield node.id
        elif not isinstance(node, _HIDDEN):
            yield from _bound(node)


def _is_again(new: RunCell, old: RunCell) -> bool:
    """Return True if a cell is an earlier one that is run again."""
    if new.id is not None and old.id is not None:
        return new.id == old.id
    if new.text == old.text:
        return True
    if new.id is not None or not old.binds or not new.binds:
        return False
    return old.binds <= new.binds
