"""A Python file with lines that only a notebook takes: copied from one, or from a session."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from grader.judge.reading.magics import python_lines

_MARK = re.compile(r"#\s?(%%|In\[)")
_LARGEST = 1 << 16  # characters: see `Submission.tree`


@dataclass(frozen=True)
class Refused:
    """Where Python stops reading a file that a notebook would take, and what it says."""

    line: int
    detail: str


def as_notebook(text: str) -> tuple[str, Refused] | None:
    """Return the source that a notebook would make of a file that Python refuses.

    None where Python takes it, or where it makes no sense in a notebook either.
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
    """Part a file where its cells begin: ``# %%``."""
    cells: list[list[str]] = [[]]
    for line in lines:
        if _MARK.match(line) and cells[-1]:
            cells.append([])
        cells[-1].append(line)
    return cells


def _refusal(text: str) -> Refused | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the student's "\d" is no fault of ours
        try:
            ast.parse(text)
        except SyntaxError as error:
            return Refused(error.lineno or 1, error.msg)
        except (ValueError, RecursionError, MemoryError):
            return Refused(1, "")
    return None
