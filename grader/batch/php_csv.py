r"""Tables written by PHP: a quotation mark after a backslash is not doubled there.

By the rules of CSV (RFC 4180) a cell ends at such a mark, and the line has too many cells. Moodle's
worksheets are written by PHP. Whether ``\"`` is a mark inside a cell, or a backslash at its end,
only the number of columns can tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS = "\r\n"
_STEPS = 1_000_000  # quotation marks that are tried; a table that needs more is no worksheet
_DOUBLED = re.compile(r'(\\")|""')


class _TooOddError(Exception):
    """There are too many ways to parse a table."""


def lines_of(text: str, separator: str) -> list[tuple[int, list[str]]] | None:
    """Return the lines of a table with their line numbers, all with as many cells as the first.

    None: it cannot be parsed in such a way.
    """
    reader = _Reader(text, separator)
    lines: list[tuple[int, list[str]]] = []
    at, number = 0, 1
    try:
        while at < len(text):
            start = at
            if text[at] in _ENDS:
                at += 1
            else:
                found = reader.line(at)
                if found is None:
                    return None
                cells, at = found
                lines.append((number, cells))
            number += text.count("\n", start, at)
    except _TooOddError:
        return None
    return lines


class _Reader:
    """Parses lines; the first one determines the number of cells."""

    def __init__(self, text: str, separator: str) -> None:
        self._text = text
        self._separator = separator
        self._width = 0
        self._steps = 0

    def line(self, start: int) -> tuple[list[str], int] | None:
        """Return the cells and the end of a line, by backtracking over the ends of cells."""
        starts, ends = [start], [start]
        ways = [self._ends_of(start)]
        dead: set[tuple[int, int]] = set()  # positions of cells from which no parse exists
        while ways:
            end = next(ways[-1], None)
            if end is None:
                ways.pop()
                dead.add((starts.pop(), len(ways)))
                ends.pop()
                continue
            ends[-1] = end
            if end == len(self._text) or self._text[end] in _ENDS:
                if self._width in {0, len(ways)}:
                    self._width = len(ways)
                    return [*map(self._cell, starts, ends)], end
            elif len(ways) != self._width and (end + 1, len(ways)) not in dead:
                ways.append(self._ends_of(end + 1))
                starts.append(end + 1)
                ends.append(end + 1)
        return None

    def _ends_of(self, start: int) -> Iterator[int]:
        """Yield the positions at which a cell that starts here can end."""
        text = self._text
        if text[start : start + 1] == '"':
            yield from self._quoted(start + 1)
            return
        end = start
        while end < len(text) and text[end] != self._separator and text[end] not in _ENDS:
            end += 1
        if '"' not in text[start:end]:
            yield end

    def _quoted(self, start: int) -> Iterator[int]:
        text, at = self._text, start
        while (mark := text.find('"', at)) >= 0:
            self._steps += 1
            if self._steps > _STEPS:
                raise _TooOddError
            escaped = mark > start and text[mark - 1] == "\\"
            after = text[mark + 1 : mark + 2]
            if after in {"", self._separator, *_ENDS}:
                yield mark + 1
            if not escaped and after != '"':
                return
            at = mark + (1 if escaped else 2)

    def _cell(self, start: int, end: int) -> str:
        text = self._text[start:end]
        if not text.startswith('"'):
            return text
        return _DOUBLED.sub(lambda found: found[1] or '"', text[1:-1])
