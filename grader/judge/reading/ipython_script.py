"""A Python file with lines that only a notebook accepts: copied from one, or from a session."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from grader.judge.reading.magics import python_lines

_MARK = re.compile(r"#\s?(%%|In\[)")
_LARGEST = 1 << 16  # characters: see `Submission.tree`


@dataclass(frozen=True)
class SyntaxErrorPosition:
    """The position at which Python refuses a file that a notebook would accept, and its message."""

    line: int
    detail: str


def rewrite_as_cells(text: str) -> tuple[str, SyntaxErrorPosition] | None:
    """Return a file's source rewritten as that of a notebook, if Python refuses the file.

    None if Python accepts it, or if it is not valid in a notebook either.
    """
    refused = _refusal(text) if len(text) <= _LARGEST else None
    if refused is None:
        return None
    lines: list[str] = []
    for cell in _cells(text.split("\n")):
        marked = _MARK.match(cell[0]) is not None
        lines += cell[:1] if marked else []
        lines += python_lines("\n".join(cell[1:] if marked else cell))
    source = "\n".join(lines)
    return None if _refusal(source) is not None else (source, refused)


def _cells(lines: list[str]) -> list[list[str]]:
    """Split a file where its cells begin: ``# %%``."""
    cells: list[list[str]] = [[]]
    for line in lines:
        if _MARK.match(line) and cells[-1]:
            cells.append([])
        cells[-1].append(line)
    return cells


def _refusal(text: str) -> SyntaxErrorPosition | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # warnings about the student's "\d" are not ours
        try:
            ast.parse(text)
        except SyntaxError as error:
            return SyntaxErrorPosition(error.lineno or 1, error.msg)
        except (ValueError, RecursionError, MemoryError):
            return SyntaxErrorPosition(1, "")
    return None
