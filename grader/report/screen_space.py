"""Distribution of a terminal's lines among the parts of a view if there are too few."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from grader.report.entries import Rank


_BREAK = re.compile(r"(?<=,) ")
_COMMENT = "  # "


@dataclass(frozen=True)
class Piece:
    """Some lines that belong together.

    At least ``least`` lines are useful, ``full`` are all; ``cut`` returns a number in between.
    ``alone`` are the lines to show instead if the next piece is left out.
    """

    rank: Rank
    least: int
    full: int
    cut: Callable[[int], list[Text]]
    alone: Sequence[Text] = ()


def needed(pieces: Sequence[Piece], rank: Rank) -> int:
    """Return the lines that pieces up to a rank need at least."""
    return sum(piece.least for piece in pieces if piece.rank <= rank)


def shared_out(pieces: Sequence[Piece], room: int | None) -> list[Text]:
    """Return the lines of pieces, in their order, at most ``room`` if that suffices.

    By rank each piece gets its minimum, or is left out if that does not fit; the rest is
    distributed by rank again. The first rank is never left out.
    """
    if room is None:
        return [line for piece in pieces for line in piece.cut(piece.full)]
    given = [0] * len(pieces)
    in_order = sorted(range(len(pieces)), key=lambda number: pieces[number].rank)
    for number in in_order:
        piece = pieces[number]
        if piece.least <= room or piece.rank == 0:
            given[number] = piece.least
            room -= piece.least
    for number in in_order:
        piece = pieces[number]
        if given[number] or not piece.least:
            more = max(0, min(piece.full - given[number], room))
            given[number] += more
            room -= more
    return [
        line
        for piece, lines, behind in zip(pieces, given, [*given[1:], 0], strict=True)
        if lines
        for line in (piece.cut(lines) if behind or not piece.alone else piece.alone)
    ]


def without_middle(statements: Sequence[Sequence[Text]], room: int, left_out: Text) -> list[Text]:
    """Return lines of a program that is longer than ``room``: its beginning and its last statement.

    Statements are left out whole, unless not even the first one fits.
    """
    *first, last = statements
    if room <= len(last):
        return list(last[:room])
    room -= len(last) + 1
    kept: list[Text] = []
    for lines in first:
        if len(kept) + len(lines) > room:
            break
        kept += lines
    return [*(kept or first[0][:room]), left_out, *last]


def broken(code: str, width: int, indent: str = "") -> list[str]:
    """Return a statement or a value on several lines that Python parses as one, split at commas.

    Lines after the first one begin with ``indent``. A comment behind the statement that does not
    fit is put on lines of its own, each of them a comment.
    """
    code, comment = _without_comment(code)
    lines = [""]
    for piece in _BREAK.split(code):
        joined = f"{lines[-1]} {piece}" if lines[-1].strip() else f"{lines[-1]}{piece}"
        if len(joined) <= width or not lines[-1].strip():
            lines[-1] = joined
        else:
            lines.append(f"{indent}{piece}")
    parts = [
        part
        for line in lines
        for part in (textwrap.wrap(line, width, drop_whitespace=False) or [line])
    ]
    if comment and len(f"{parts[-1]}{_COMMENT}{comment}") <= width:
        return [*parts[:-1], f"{parts[-1]}{_COMMENT}{comment}"]
    margin = f"{indent}# "
    return [*parts, *textwrap.wrap(comment, width, initial_indent=margin, subsequent_indent=margin)]


def _without_comment(code: str) -> tuple[str, str]:
    """Return a statement and the comment behind it, which may be empty."""
    statement, sign, comment = code.rpartition(_COMMENT)
    in_a_string = comment.count("'") % 2 or comment.count('"') % 2
    return (statement, comment) if sign and not in_a_string else (code, "")
