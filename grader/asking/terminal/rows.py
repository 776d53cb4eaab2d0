"""The rows of lists: options with their formulas and code, lines of a program with colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text import PygmentsTokens, to_formatted_text
from prompt_toolkit.formatted_text.utils import split_lines
from pygments.lexers.python import PythonLexer

from grader.course.plain_text import markdown_to_text

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from grader.asking.step import Options

_NARROWEST = 10  # columns
_CODE = re.compile(r"(`[^`]+`)")


def option_rows(options: Options, width: int, *, numbered: bool = True) -> list[StyleAndTextTuples]:
    """Return the texts of options in so many columns, each behind its number, from 1."""
    digits = len(str(len(options)))
    rows: list[StyleAndTextTuples] = []
    for number, (_, text) in enumerate(options, 1):
        head = f"{number:>{digits}}. " if numbered else ""
        plain = markdown_to_text(text, max(_NARROWEST, width - len(head)))
        pieces = _CODE.split(plain.replace("\n", f"\n{' ' * len(head)}"))
        rows.append([("", head), *(_piece(piece) for piece in pieces if piece)])
    return rows


def listing_rows(listing: str) -> list[StyleAndTextTuples]:
    """Return the lines of a Python program, each behind its number, from 1."""
    lines = listing.rstrip("\n").expandtabs(4)
    tokens = PygmentsTokens([*PythonLexer(stripnl=False, ensurenl=False).get_tokens(lines)])
    coloured = [*split_lines(to_formatted_text(tokens))]
    width = len(str(len(coloured)))
    return [
        [("class:help", f"{number:>{width}}  "), *row] for number, row in enumerate(coloured, 1)
    ]


def _piece(text: str) -> tuple[str, str]:
    return ("class:code", text) if text.startswith("`") else ("", text)
