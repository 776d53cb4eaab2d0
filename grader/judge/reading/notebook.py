"""Python source from a Jupyter notebook, line by line.

The standard library's JSON is enough: nbformat takes some 150 ms to import and refuses notebooks
for errors of metadata that do not matter here. Formats 3 and 4 are read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.notebook_cells import code_cells, language_of, raising_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

_PYTHON = re.compile(r"^((async )?def \w+\(|class \w+|import \w+|from \w+ import )", re.MULTILINE)


@dataclass(frozen=True)
class Position:
    """The position of a line of the source; ``cell`` is None in a plain file.

    Both are counted from 1. Only code cells count, as in the numbers that a reader sees; in a
    notebook that runs, a cell has the number that its kernel shows beside it.
    """

    cell: int | None
    line: int


@dataclass(frozen=True)
class Written:
    """A file that a cell of a notebook was to write, instead of running its lines."""

    cell: int
    file: str
    text: str

    def defines(self, name: str) -> bool:
        """Return True if the file defines a function or class of that name."""
        definition = rf"^(async\s+)?(def|class)\s+{re.escape(name)}\b"
        return re.search(definition, self.text, re.MULTILINE) is not None


def written_files(cells: Sequence[str], numbers: Sequence[int]) -> tuple[Written, ...]:
    """Return the files that the cells of a notebook were to write."""
    from grader.judge.reading.magics import written_file  # noqa: PLC0415 - few need it

    pairs = zip(numbers, cells, strict=True)
    found = ((number, written_file(cell)) for number, cell in pairs)
    return tuple(Written(number, *file) for number, file in found if file is not None)


def is_notebook(text: str, name: str) -> bool:
    """Return True if a text is to be read as a notebook, by its content if that is clear.

    A notebook may have been saved as ``.py``, and a Python file as ``.ipynb``.
    """
    if name.lower().endswith(".ipynb"):
        return text.lstrip()[:1] in {"{", "["} or _PYTHON.search(text) is None
    if not text.lstrip().startswith("{") or not ('"cells"' in text or '"worksheets"' in text):
        return False
    try:
        code_cells(json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def read_cells(text: str, name: str) -> list[str]:
    """Return the text of each code cell, in order.

    Raises:
        UnreadableSubmissionError: ``read.notebook_broken`` or ``read.notebook_language``.

    """
    try:
        notebook = json.loads(text)
        cells = code_cells(notebook)
    except (ValueError, TypeError, RecursionError):
        raise UnreadableSubmissionError("read.notebook_broken", file=name) from None
    language = language_of(notebook)
    if language is not None:
        raise UnreadableSubmissionError("read.notebook_language", file=name, language=language)
    return cells


def meant_to_raise(text: str) -> frozenset[int]:
    """Return the numbers of the cells of a notebook that are tagged as raising an exception."""
    return raising_cells(json.loads(text)) if '"raises-exception"' in text else frozenset()


def python_source(
    cells: Sequence[str], name: str, numbers: Sequence[int]
) -> tuple[str, tuple[Position, ...]]:
    """Return the Python source of code cells, and the position of each of its lines.

    Lines that only IPython understands become ``pass`` (or nothing), so that line numbers stay
    equal.

    Raises:
        UnreadableSubmissionError: ``read.notebook_no_code``.

    """
    from grader.judge.reading.magics import python_lines, written_file  # noqa: PLC0415 - few need them

    lines: list[str] = []
    positions: list[Position] = []
    for number, source in zip(numbers, cells, strict=True):
        cell = python_lines(source)
        lines += cell
        positions += [Position(number, line) for line in range(1, len(cell) + 1)]
    if all(line.strip() in {"", "pass"} for line in lines) and not any(map(written_file, cells)):
        raise UnreadableSubmissionError("read.notebook_no_code", file=name)
    return "\n".join(lines) + "\n", tuple(positions)
