"""Escaping of table cells against formulas, for any separator.

Our tables are separated by commas, but spreadsheets in French or Russian split at semicolons: they
cut ``42,"Mal;=HYPERLINK(0)"`` in two, quotes or not. So each part of a cell that may become a cell
of its own is escaped.
"""

from __future__ import annotations

import re

_MARK = "'"
# Separators that spreadsheets and their users choose, and line ends.
_PIECES = re.compile("([;,|\t\r\n\v\f\x85\u2028\u2029])")
# The beginning of a formula, behind characters that may be stripped before it: blanks, quotes, NUL,
# a byte order mark. The full-width forms are those of Asian keyboards.
_FORMULA = re.compile(r"""[\s"\0\ufeff]*[=+\-@%＝＋－＠]""")
# Other beginnings of a cell that are escaped: a command, and control characters.
_COMMAND = re.compile(r"\s*\||[\t\r\n\0]")


def escape_formula(text: str) -> str:
    """Return a text as a cell without formulas, with an apostrophe before each.

    A part that begins with an apostrophe gets another one, so that removing one restores the text.
    """
    pieces = _PIECES.split(text)
    pieces[::2] = [_MARK + piece if _risky(piece) else piece for piece in pieces[::2]]
    if _COMMAND.match(text) and not pieces[0].startswith(_MARK):
        pieces[0] = _MARK + pieces[0]
    return "".join(pieces)


def _risky(piece: str) -> bool:
    return piece.startswith(_MARK) or _FORMULA.match(piece) is not None
