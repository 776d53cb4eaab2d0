"""What of a given program a submission has changed, where only its blanks are to be filled in.

Comments and formatting do not matter, nor does the order of lines; a blank may be filled with any
number of statements. Nothing of it is worth a point: a submission is judged by running it.
"""

from __future__ import annotations

import ast
import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.blanks import marks
from grader.judge.failures import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.judge.reading.submission import Submission

LISTED = 5
"""So many changes of the given part are told one by one."""
_MOST = 2000  # statements of a submission that is compared
_COMPARED = 200  # characters of a line by which its like is found
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Change:
    """A line of the given part that a submission has otherwise, or lacks: ``line`` is None."""

    given: str
    line: int | None


@dataclass(frozen=True)
class _Statement:
    """A statement without those inside it; ``within``: the blocks in which it stands."""

    within: tuple[str, ...]
    node: ast.AST
    line: int
    text: str

    @property
    def key(self) -> _Key:
        """What it is compared by."""
        fields = [
            [ast.dump(one) if isinstance(one, ast.AST) else repr(one) for one in _listed(value)]
            for name, value in ast.iter_fields(self.node)
            if name not in _BLOCKS
        ]
        return self.within, f"{type(self.node).__name__}{fields}"

    @property
    def target(self) -> str | None:
        """What it assigns to, None where it assigns nothing."""
        targets = getattr(self.node, "targets", None)
        return " = ".join(map(ast.unparse, targets)) if targets else None

    @property
    def is_open(self) -> bool:
        """Whether ``...`` stands in it, by which a blank is seen."""
        return any(isinstance(n, ast.Constant) and n.value is ... for n in ast.walk(self.node))


def findings(stub: str, submission: Submission) -> list[Finding]:
    """Return what is told of the given part: of blanks that are left, then of what was changed."""
    try:
        left, changes = compared(stub, submission.source, submission.tree)
    except (SyntaxError, RecursionError, ValueError):  # ValueError: 0xfff… of 4300 digits
        return []
    told = [Finding("note.blank", _place(line, submission)) for line in left]
    for change in changes[:LISTED]:
        kind = "note.given_lost" if change.line is None else "note.given_changed"
        told.append(Finding(kind, {"given": change.given, **_place(change.line, submission)}))
    if len(changes) > LISTED:
        told.append(Finding("note.given_more", {"n": len(changes) - LISTED}))
    return told


def compared(stub: str, source: str, tree: ast.Module) -> tuple[list[int], list[Change]]:
    """Return the lines of blanks that are not filled in, and the changes of the given part.

    Raises:
        SyntaxError: the stub is no Python.
        RecursionError: the submission is nested too deeply.
        ValueError: a number in it is too long to be written out.

    """
    given, blanks = parts(stub)
    written = list(_statements(tree, source))
    if len(written) > _MOST:
        return [], []
    found = defaultdict[_Key, list[_Statement]](list)
    for statement in written:
        found[statement.key].append(statement)
    left = [one.line for blank in blanks if blank.is_open for one in found[blank.key]]
    wanted = Counter(statement.key for statement in given)
    filled = {(blank.within, blank.target) for blank in blanks if blank.target}
    new = [one for key, same in found.items() for one in same[wanted[key] :]]
    new = [one for one in new if (one.within, one.target) not in filled]
    changes = []
    for statement in given:
        if found[statement.key]:
            found[statement.key].pop()
        else:
            changes.append(Change(statement.text, _line_of_like(statement, new)))
    return sorted(left), changes


def parts(stub: str) -> tuple[list[_Statement], list[_Statement]]:
    """Return the statements of a stub that are given, and its blanks. Raises SyntaxError."""
    tree = ast.parse(stub)
    marked = marks(stub)
    lines = sorted(node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt))
    below = {next((line for line in lines if line > mark), 0) for mark in marked}
    given, blanks = list[_Statement](), list[_Statement]()
    inside = 0  # the last line of the blank that was found last
    for statement in _statements(tree, stub):
        if statement.line in below:
            blanks.append(statement)
            inside = getattr(statement.node, "end_lineno", None) or statement.line
        elif statement.line > inside:
            given.append(statement)
    return given, blanks


def _statements(tree: ast.Module, source: str) -> Iterator[_Statement]:
    """Yield all statements of a program but its docstrings, from the first to the last."""
    lines = source.split("\n")

    def inside(node: ast.AST, within: tuple[str, ...]) -> Iterator[_Statement]:
        for block in _BLOCKS:
            for one in getattr(node, block, None) or ():
                if isinstance(one, ast.Expr) and _is_text(one.value):
                    continue
                line = getattr(one, "lineno", None) or one.pattern.lineno
                here = (*within, block)
                yield _Statement(here, one, line, lines[line - 1].strip())
                named = f"{type(one).__name__} {getattr(one, 'name', '')}"
                yield from inside(one, (*here, named))

    yield from inside(tree, ())


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _line_of_like(statement: _Statement, new: list[_Statement]) -> int | None:
    """Take the statement most like a given one out of those that are new; return its line."""
    beside = [one for one in new if one.within == statement.within]
    for among in (beside, new):
        texts = [one.text[:_COMPARED] for one in among]
        for text in difflib.get_close_matches(statement.text, texts, n=1):
            found = among[texts.index(text)]
            new.remove(found)
            return found.line
    return None


def _place(line: int | None, submission: Submission) -> dict[str, int]:
    if line is None:
        return {}
    position = submission.where(line)
    return {"line": position.line} | ({} if position.cell is None else {"cell": position.cell})
