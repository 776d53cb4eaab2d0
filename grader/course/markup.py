"""Parts of a text for people: formulas, code, placeholders and the words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACEHOLDER = re.compile(r"\{\{ *([A-Za-z_][A-Za-z0-9_]*) *\}\}")

_AROUND = 30  # characters on either side of a gap
_PIECE = re.compile(
    r"""
    ^(?P<fence>[ ]*(?P<ticks>```+|~~~+)[^\n]*\n.*?(?:^[ ]*(?P=ticks)[ ]*$|\Z))
    |(?P<code>(?P<quote>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)(?P=quote)(?!`))
    |(?P<display>\$\$.+?\$\$)
    |(?P<formula>(?<![0-9])\$(?!\s)(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+?(?<!\s)\$(?![0-9]))
    |(?P<escape>\\[$`])
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True)
class Piece:
    """A part of a text; ``source`` as written, ``content`` without its delimiters."""

    kind: Literal["words", "formula", "display", "code", "fence"]
    source: str
    content: str


def pieces(text: str) -> Iterator[Piece]:
    """Split a text into its parts; joined, their sources are the text.

    A dollar sign next to a digit or a blank does not delimit a formula: ``$5 and $6``.
    """
    end = 0
    for match in _PIECE.finditer(text):
        if match.start() > end:
            words = text[end : match.start()]
            yield Piece("words", words, words)
        yield _piece(match)
        end = match.end()
    if end < len(text):
        yield Piece("words", text[end:], text[end:])


def _piece(match: re.Match[str]) -> Piece:
    source = match[0]
    if match["fence"]:
        return Piece("fence", source, source)
    if match["code"]:
        return Piece("code", source, source.strip("`").strip())
    if match["display"]:
        return Piece("display", source, source.strip("$").strip())
    if match["formula"]:
        return Piece("formula", source, source[1:-1])
    return Piece("words", source, source[1:])


def with_bars_escaped(text: str) -> str:
    r"""Return Markdown in which bars of formulas and code do not separate cells of tables.

    ``| $|x|$ |`` becomes ``| $\|x\|$ |``, which Markdown parsers unescape within the cell.
    """
    lines = text.split("\n")
    for row in _rows(lines):
        lines[row] = "".join(
            piece.source.replace("|", "\\|")
            if piece.kind in {"formula", "display", "code"}
            else piece.source
            for piece in pieces(lines[row])
        )
    return "\n".join(lines)


def _rows(lines: list[str]) -> Iterator[int]:
    """Yield the line numbers of table rows: down to the next empty line."""
    inside = fenced = False
    for number, line in enumerate(lines):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        rule = number > 0 and "|" in lines[number - 1] and "-" in line and not line.strip("|-: ")
        if rule and not fenced and not inside:
            inside = True
            yield number - 1
        inside = inside and bool(line.strip()) and not fenced
        if inside:
            yield number


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the ``{{name}}`` in a text."""
    return frozenset(PLACEHOLDER.findall(text))


def with_gaps(text: str) -> str:
    """Return the text of a question with visible gaps: ``{{a}}`` is ``[a] ____``."""
    return PLACEHOLDER.sub("[\\1]\u00a0____", text)


def title_of(question: str) -> str:
    """Return the title of a question in a report: its text without blocks of code."""
    kept = (piece.source for piece in pieces(question) if piece.kind != "fence")
    return with_gaps("".join(kept).rstrip(" \n\u00a0:") or question)


def around_gap(text: str, gap: str) -> str:
    """Return the words around a gap in the text of a question, on one line."""
    found = next((match for match in PLACEHOLDER.finditer(text) if match[1] == gap), None)
    if found is None:
        return with_gaps(f"{{{{{gap}}}}}")
    before, after = with_gaps(text[: found.start()]), with_gaps(text[found.end() :])
    return f"{_end(before)}{with_gaps(found[0])}{_beginning(after)}".strip()


def _end(text: str) -> str:
    return _beginning(text[::-1])[::-1]


def _beginning(text: str) -> str:
    """Return the first words on the first line of a text."""
    line = text.split("\n", 1)[0]
    if len(line) <= _AROUND:
        return line
    return f"{line[:_AROUND].rpartition(' ')[0] or line[:_AROUND]} …"
