"""A Python file that nbconvert made of a notebook: magics have become calls of IPython's shell.

Calls that contain Python are turned back, as far as the notebook itself would have been read.
"""

from __future__ import annotations

import ast
import re

from grader.judge.reading.magics import python_for, python_lines
from grader.judge.reading.notebook import Position

_LINE = re.compile(
    r"get_ipython\(\)\.(?:run_line_magic|magic)\(\s*"
    r"(?P<name>'[^'\\]*'|\"[^\"\\]*\")\s*(?:,\s*(?P<rest>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"))?\s*\)"
)
_CELL = re.compile(
    r"get_ipython\(\)\.run_cell_magic\("
    r"(?P<name>'[^'\\]*'), (?P<rest>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"), "
    r"(?P<body>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\)"
)


def without_shell(text: str) -> tuple[str, tuple[Position, ...]]:
    """Return a source without calls of the shell, and the original positions of its lines.

    Only a call on a line of its own, as nbconvert writes it, is turned back.
    """
    lines: list[str] = []
    positions: list[Position] = []
    for number, line in enumerate(text.split("\n"), start=1):
        made = _of_cell(line) or [_of_line(line)]
        lines += made
        positions += [Position(None, number)] * len(made)
    return "\n".join(lines), tuple(positions)


def _of_cell(line: str) -> list[str]:
    call = _CELL.fullmatch(line.strip())
    if call is None:
        return []
    try:
        name, rest, body = (ast.literal_eval(call[part]) for part in ("name", "rest", "body"))
    except (SyntaxError, ValueError):
        return []
    return python_lines(f"%%{name} {rest}\n{body}".replace("\r", "\n").removesuffix("\n"))


def _of_line(line: str) -> str:
    """Return a line in which a shell call is the magic that it was in the notebook."""
    call = _LINE.search(line)
    before = "" if call is None else line[: call.start()].strip()
    if call is None or line[call.end() :].strip() or (before and not before.endswith("=")):
        return line
    try:
        name, rest = (ast.literal_eval(call[part] or "''") for part in ("name", "rest"))
    except (SyntaxError, ValueError):
        return line
    magic = f"{line[: call.start()]}%{name} {rest}".rstrip()
    return line if "\n" in magic else python_for(magic) or line
