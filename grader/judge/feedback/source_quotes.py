"""Quoted lines of the student's file, with marks under the relevant part.

The line is taken from the source that the judge has. Of the student process's report only numbers
are used, and each is bounded first.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from grader.judge.failures import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.judge.processes.outcomes import Raised
    from grader.judge.reading.submission import Submission
    from grader.wire.seen import Part

    Place = Raised | Part

WIDTH = 60
"""Columns of a line that are shown; a longer one is cut around the marks."""
_BEFORE = 40  # columns kept before the mark in a line that is cut
_LEFT_OUT = "…"
_TAB = "    "
_LONGEST = 10_000  # characters of a line that are read
_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}


def lines_of(place: Place, submission: Submission) -> Sequence[str]:
    """Return the lines of the file that contains a place."""
    file = place.file
    source = submission.source if file is None else submission.helpers.get(file, "")
    return source.split("\n")


def line_of(place: Place, submission: Submission) -> str:
    """Return the line of a place, empty if there is none."""
    lines = lines_of(place, submission)
    known = place.line is not None and 0 < place.line <= len(lines)
    return lines[place.line - 1] if known and place.line is not None else ""


def quoted(place: Place, submission: Submission) -> tuple[Finding, ...]:
    """Return the line of a place, with marks below; nothing without a line."""
    line = line_of(place, submission)
    if not line.strip():
        return ()
    start, end = _marked(place, line)
    code, mark = _cut(line[:_LONGEST], start, end)
    return (Finding("where.code", {"code": code, "mark": mark}),)


def _marked(place: Place, line: str) -> tuple[int, int]:
    """Return the character range of a place in its line, from 0; by default the whole line."""
    length = len(line)
    first = length - len(line.lstrip())
    last = len(line.rstrip())
    if place.column is None:
        return first, last
    start = min(max(place.column - 1, 0), length)
    end = start + 1
    if place.end_line is not None and place.line is not None and place.end_line > place.line:
        end = last
    elif place.end_line == place.line and place.end_column is not None:
        end = min(place.end_column - 1, length)
    return start, max(end, start + 1)


def _cut(line: str, start: int, end: int) -> tuple[str, str]:
    """Return the shown part of a line, without its indentation, and the marks under it."""
    first = min(len(line) - len(line.lstrip()), start)
    shown = [_shown(sign) for sign in line[first:].rstrip()]
    widths = [sum(map(_columns, text)) for text in shown]
    start, end = min(start - first, len(shown)), end - first
    begin, before = 0, ""
    if sum(widths) > WIDTH:
        while begin < start and sum(widths[begin:start]) > _BEFORE:
            begin += 1
        before = _LEFT_OUT if begin else ""
    stop = begin
    room = WIDTH - len(before)
    while stop < len(shown) and room >= widths[stop]:
        room -= widths[stop]
        stop += 1
    after = _LEFT_OUT if stop < len(shown) else ""
    code = before + "".join(shown[begin:stop]) + after
    marked = max(1, sum(widths[start : min(end, stop)]))
    return code, " " * (len(before) + sum(widths[begin:start])) + "^" * marked


def _shown(sign: str) -> str:
    r"""Return a character as it is shown: nothing invisible, a no-break space as ``\xa0``."""
    if sign == "\t":
        return _TAB
    if sign == " " or unicodedata.category(sign) not in _HIDDEN:
        return sign
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"  # noqa: PLR2004


def _columns(sign: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
