"""Python source from a Jupyter notebook, line by line.

The standard library's JSON is enough: nbformat would cost some 150 ms and refuse notebooks for
faults of metadata that do not matter here. Formats 3 and 4 are read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from grader.judge.cells import code_cells
from grader.judge.unreadable import Unreadable

# Cell magics whose body is Python that runs in the notebook's own namespace.
_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun", "memit"})
_CELL_MAGIC = re.compile(r"%%\s*(\w+)")
_TIMED = re.compile(r"(\s*)%time\s+(\S.*)")
_HELP = re.compile(r"\s*(\?.*|%{0,2}[^\W\d][\w.*\[\]]*\s*\?{1,2}\s*(#.*)?)")
_INSTALL = re.compile(r"\s*(pip|pip3|conda|mamba)\s+install\b.*")
_ASSIGNED = re.compile(r"([\w.,\s]+=)\s*[!%].*")
_LEXEME = re.compile(r"""#|\"\"\"|'''|["']|[(\[{]|[)\]}]|\\$""")


@dataclass(frozen=True)
class Position:
    """Where a line of the source stands: in a plain file ``cell`` is None.

    Both are counted from 1. Only code cells count: they are what a reader can tell apart.
    """

    cell: int | None
    line: int


def read_cells(text: str, name: str) -> list[str]:
    """Return the text of each code cell, in order. Raises Unreadable: ``read.notebook_broken``."""
    try:
        return code_cells(json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise Unreadable("read.notebook_broken", file=name) from None


def python_source(cells: list[str], name: str) -> tuple[str, tuple[Position, ...]]:
    """Return the Python source of code cells, and the position of each of its lines.

    Lines that only IPython understands become ``pass`` (or nothing), so that lines stay aligned.
    Raises Unreadable: ``read.notebook_no_code``.
    """
    lines: list[str] = []
    positions: list[Position] = []
    for number, source in enumerate(cells, start=1):
        cell = _python_lines(source)
        lines += cell
        positions += [Position(number, line) for line in range(1, len(cell) + 1)]
    if all(line.strip() in {"", "pass"} for line in lines):
        raise Unreadable("read.notebook_no_code", file=name)
    return "\n".join(lines) + "\n", tuple(positions)


def _python_lines(source: str) -> list[str]:
    """Return as many lines as the cell has, those for IPython alone taken out."""
    lines = source.split("\n")
    kept = 0
    for index, line in enumerate(lines):
        magic = _CELL_MAGIC.match(line)
        if magic and magic[1] not in _PYTHON_CELLS:
            return [""] * len(lines)
        if line.strip() and not magic:
            break
        kept = index + 1
    return [""] * kept + _without_magics(_dedented(lines[kept:]))


def _dedented(lines: list[str]) -> list[str]:
    """Take the first line's indentation off every line, as IPython does."""
    first = lines[0] if lines else ""
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines]


def _without_magics(lines: list[str]) -> list[str]:
    """Replace what is no Python, but only where a statement begins: ``% b`` may continue one."""
    result = []
    state = _Lexer()
    continued = False
    for line in lines:
        if continued:
            result.append("")
            continued = line.endswith("\\")
            continue
        replaced = _replacement(line) if state.between_statements else None
        if replaced is None:
            state.feed(line)
            result.append(line)
        else:
            result.append(replaced)
            continued = line.endswith("\\")
    return result


def _replacement(line: str) -> str | None:
    """Return what stands in for a line that only IPython understands, None for Python."""
    if timed := _TIMED.fullmatch(line):
        return timed[1] + timed[2]
    if assigned := _ASSIGNED.fullmatch(line):
        return assigned[1] + " None"
    bare = line.lstrip()
    if bare.startswith(("%", "!")) or _HELP.fullmatch(line) or _INSTALL.fullmatch(line):
        return line[: len(line) - len(bare)] + "pass"
    return None


class _Lexer:
    """Just enough of Python's lexer to tell whether a line begins a statement."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._continued = False

    @property
    def between_statements(self) -> bool:
        return not (self._quote or self._depth or self._continued)

    def feed(self, line: str) -> None:
        self._continued = False
        at = 0
        while at < len(line):
            at = self._in_string(line, at) if self._quote else self._in_code(line, at)
        if len(self._quote) == 1 and not line.endswith("\\"):
            self._quote = ""  # unterminated: the parser will say so

    def _in_string(self, line: str, at: int) -> int:
        while at < len(line):
            if line[at] == "\\":
                at += 2
            elif line.startswith(self._quote, at):
                at += len(self._quote)
                self._quote = ""
                return at
            else:
                at += 1
        return at

    def _in_code(self, line: str, at: int) -> int:
        found = _LEXEME.search(line, at)
        if found is None or found[0] == "#":
            return len(line)
        match found[0]:
            case "(" | "[" | "{":
                self._depth += 1
            case ")" | "]" | "}":
                self._depth = max(0, self._depth - 1)
            case "\\":
                self._continued = True
            case quote:
                self._quote = quote
        return found.end()
