"""Changes of a given program in which only the blanks are to be filled in.

Comments, formatting and the order of lines do not matter; a blank may be filled with any number of
statements. The changes cost no points: a submission is judged by running it.
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
"""Changes of the given part that are listed one by one."""
_MOST = 2000  # statements of a submission that is compared; the comparison is quadratic
_COMPARED = 200  # characters of a line that are compared
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Change:
    """A line of the given part that a submission has changed, or lacks: ``line`` is None."""

    given: str
    line: int | None


@dataclass(frozen=True)
class _Statement:
    """A statement without nested ones; ``within``: the blocks that contain it."""

    within: tuple[str, ...]
    node: ast.AST
    line: int
    text: str

    @property
    def key(self) -> _Key:
        """The key by which statements are matched."""
        fields = [
            [ast.dump(one) if isinstance(one, ast.AST) else repr(one) for one in _listed(value)]
            for name, value in ast.iter_fields(self.node)
            if name not in _BLOCKS
        ]
        return self.within, f"{type(self.node).__name__}{fields}"

    @property
    def target(self) -> str | None:
        """The target of an assignment, None for other statements."""
        targets = getattr(self.node, "targets", None)
        return " = ".join(map(ast.unparse, targets)) if targets else None

    @property
    def is_open(self) -> bool:
        """Whether it contains ``...``, which marks a blank."""
        return any(isinstance(n, ast.Constant) and n.value is ... for n in ast.walk(self.node))


def findings(stub: str, submission: Submission) -> list[Finding]:
    """Return the findings about the given part: first blanks that are left, then changes."""
    try:
        left, changes = compared(stub, submission.source, submission.tree)
    except (SyntaxError, RecursionError, ValueError):  # ValueError: 4300 digits
        return []
    found = [Finding("note.blank", _place(line, submission)) for line in left]
    for change in changes[:LISTED]:
        kind = "note.given_lost" if change.line is None else "note.given_changed"
        found.append(Finding(kind, {"given": change.given, **_place(change.line, submission)}))
    if len(changes) > LISTED:
        found.append(Finding("note.given_more", {"n": len(changes) - LISTED}))
    return found


def compared(stub: str, source: str, tree: ast.Module) -> tuple[list[int], list[Change]]:
    """Return the lines of blanks that are not filled in, and the changes of the given part.

    Raises:
        SyntaxError: the stub is not valid Python.
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
    """Return the given statements of a stub, and its blanks.

    Raises:
        SyntaxError: the stub is not valid Python.

    """
    tree = ast.parse(stub)
    marked = marks(stub)
    lines = sorted(node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt))
    below = {next((line for line in lines if line > mark), 0) for mark in marked}
    given, blanks = list[_Statement](), list[_Statement]()
    inside = 0  # last line of the latest blank
    for statement in _statements(tree, stub):
        if statement.line in below:
            blanks.append(statement)
            inside = getattr(statement.node, "end_lineno", None) or statement.line
        elif statement.line > inside:
            given.append(statement)
    return given, blanks


def _statements(tree: ast.Module, source: str) -> Iterator[_Statement]:
    """Yield all statements of a program except docstrings, in order."""
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
    """Remove the statement most similar to a given one from the new ones; return its line."""
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
