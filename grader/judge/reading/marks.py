"""The exercise to which a cell of a notebook belongs: the one that its line ``%%grade`` names.

A cell with ``%%grade ex11`` belongs to that exercise alone, a cell without such a line to all: one
notebook may answer several exercises. What a cell imports is there for all of them: in a notebook
that is run from top to bottom it need not be imported again.
"""

from __future__ import annotations

import ast
import re
import shlex
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Called = Callable[[str], bool]
    """Tells whether a name is one of an exercise's: see ``LoadedExercise.is_called``."""

MARK = "%%grade"
VALUED = frozenset({"--check", "--course", "--device", "--lang", "--seed"})
"""The options of a mark that take the word behind them."""
_MARK = re.compile(r"\s*%%\s*grade(?:\s(?P<rest>.*))?", re.DOTALL)
# What may precede a mark: other cell magics, comments, empty lines.
_ABOVE = re.compile(r"\s*(%%.*|#.*)?")


def mark_line(cell: str) -> int | None:
    """Return the index of the line in which a cell is marked, None if it is not."""
    for index, line in enumerate(cell.split("\n")):
        if _MARK.fullmatch(line):
            return index
        if not _ABOVE.fullmatch(line):
            return None
    return None


def marked_for(cell: str) -> str | None:
    """Return the name of the exercise that a cell is marked for, None if it names none."""
    index = mark_line(cell)
    if index is None:
        return None
    mark = _MARK.fullmatch(cell.split("\n")[index])
    words = words_of((mark["rest"] or "") if mark else "")
    while words:
        word = words.pop(0)
        if word in VALUED:
            words = words[1:]
        elif not word.startswith("-"):
            return word
    return None


def words_of(line: str) -> list[str]:
    """Return the words behind ``%%grade``, without a comment."""
    try:
        return shlex.split(line, comments=True)
    except ValueError:  # a quotation mark is open
        return line.split()


def cells_for(cells: Sequence[str], called: Called | None) -> list[str]:
    """Return the cells, of those that are marked for other exercises only the imports.

    A notebook in which no cell is marked for this exercise is read as if it had no marks.
    """
    marks = list(map(marked_for, cells))
    if called is None or not any(mark is not None and called(mark) for mark in marks):
        return list(cells)
    pairs = zip(cells, marks, strict=True)
    return [cell if mark is None or called(mark) else _imports(cell) for cell, mark in pairs]


def _imports(cell: str) -> str:
    """Return the imports of a cell in their lines; empty if there are none, or it is not Python."""
    if "import" not in cell:
        return ""
    from grader.judge.reading.magics import python_lines  # noqa: PLC0415 - few need it

    lines = python_lines(cell)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about the student's "\d" are not ours
            tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    kept = [""] * len(lines)
    for node in tree.body:
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not _future(node)):
            at = node.lineno - 1
            kept[at] = "; ".join(filter(None, (kept[at], ast.unparse(node))))
    return "\n".join(kept) if any(kept) else ""


def _future(node: ast.ImportFrom) -> bool:
    return node.module == "__future__" and not node.level


def answer_cells(cells: Sequence[str], called: Called) -> dict[int, str]:
    """Return the cells that are marked for an exercise by their index, their marks emptied."""
    found = {}
    for index, cell in enumerate(cells):
        mark = marked_for(cell)
        if mark is not None and called(mark):
            lines = cell.split("\n")
            first = (mark_line(cell) or 0) + 1
            found[index] = "\n".join([""] * first + lines[first:])
    return found
