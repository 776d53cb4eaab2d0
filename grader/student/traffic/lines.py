"""The line of the student's own files that is being run, and the source text there."""

from __future__ import annotations

import ast
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.student.places import columns_at
from grader.student.traffic import private
from grader.wire.seen import FORMATTING, INDEXING, Line, Part

if TYPE_CHECKING:
    import types
    from collections.abc import Sequence

    from grader.student.submission import LoadedSubmission

_CONDITIONS = {"if", "elif", "while", "assert"}
_ASKING = {*_CONDITIONS, "bool"}
_MODES = {"__torch_dispatch__", "__torch_function__"}  # pass on operations of another line
# Longer expressions are not parsed; names are cut to _NAME characters.
_LONGEST = 2000  # characters of an expression that are read
_NAME = 100


class Lines:
    """Finds the innermost line of a submission on the stack, which may be that of another thread.

    To be made in the thread that makes the call: autograd runs in threads of its own.
    """

    def __init__(self, submission: LoadedSubmission) -> None:
        self._submission = submission
        self._own = {submission.filename, *submission.helpers}
        self._drive = None if submission.drive is None else vars(submission.drive)
        self._caller = threading.get_ident()
        self._known: dict[tuple[types.CodeType, int], tuple[Part, str | None]] = {}

    def running(self) -> Running:
        """Return the submission's current position."""
        found = self._innermost(private.frame())
        if found is None and threading.get_ident() != self._caller:
            found = self._innermost(private.frame_of(self._caller))
        ours = found is not None and found.f_globals is self._drive
        return Running(self, None if ours else found, ours)

    def _innermost(self, frame: types.FrameType | None) -> types.FrameType | None:
        while frame is not None:
            known = frame.f_code.co_filename in self._own or frame.f_globals is self._drive
            if known and frame.f_code.co_name not in _MODES:
                return frame
            frame = frame.f_back
        return None

    def file(self, frame: types.FrameType) -> str | None:
        """Return the file of the submission that is being run: None for the answer itself."""
        name = frame.f_code.co_filename
        return None if name == self._submission.filename else name

    def part(self, frame: types.FrameType) -> tuple[Part, str | None]:
        """Return the expression that is being evaluated, and its name."""
        key = frame.f_code, frame.f_lasti
        if key not in self._known:
            self._known[key] = self._part(frame)
        return self._known[key]

    def _part(self, frame: types.FrameType) -> tuple[Part, str | None]:
        file, line = self.file(frame), max(1, frame.f_lineno)
        lines = self._submission.lines(file)
        columns = columns_at(frame.f_code, frame.f_lasti, line, lines)
        part = Part(line, file, *columns)
        first = lines[line - 1] if line <= len(lines) else ""
        return part, written(_text_of(part, lines), first)


@dataclass(frozen=True)
class Running:
    """A moment of a call. ``ours``: the exercise's own drive is running, not the submission."""

    lines: Lines
    frame: types.FrameType | None
    ours: bool

    def line(self) -> Line | None:
        """Return the submission's line that is being run."""
        if self.frame is None:
            return None
        return Line(max(1, self.frame.f_lineno), self.lines.file(self.frame))

    def part(self, operation: str) -> tuple[Part | None, str]:
        """Return the part of that line, and the name that the student wrote for an operation."""
        if self.frame is None:
            return None, operation
        part, name = self.lines.part(self.frame)
        asked = operation == "item"  # reads the number that decides a condition
        return part, operation if name is None or (name in _ASKING and not asked) else name


def _text_of(part: Part, lines: Sequence[str]) -> str:
    start, last, end = part.column, part.end_line, part.end_column
    if start is None or last is None or end is None or last > len(lines):
        return ""
    if last == part.line:
        return lines[part.line - 1][start - 1 : end - 1]
    middle = lines[part.line : last - 1]
    return "\n".join([lines[part.line - 1][start - 1 :], *middle, lines[last - 1][: end - 1]])


def written(expression: str, line: str) -> str | None:
    """Return the name of what an expression calls, as the student wrote it.

    ``line``: the line in which it begins. None if nothing is called, indexed or read.
    """
    if not expression or len(expression) > _LONGEST:
        return None
    try:
        node = ast.parse(f"({expression}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if len(name) <= _NAME:
            return name
        case ast.Subscript():
            return INDEXING
        case ast.JoinedStr() | ast.Set():  # the braces of an f-string
            return FORMATTING
        case ast.Compare() | ast.BoolOp() | ast.Name() | ast.Attribute() | ast.UnaryOp():
            first = line.split(maxsplit=1)[0] if line.strip() else ""
            return first if first in _CONDITIONS else "bool"
    return None
