"""Cells of a table that no spreadsheet takes for a formula, by whatever it separates.

Commas separate our tables, and every spreadsheet in French or Russian separates by semicolons: it
cuts ``42,"Mal;=HYPERLINK(0)"`` in two, quotes or not. So each piece of a cell that may become a
cell of its own is treated as one.
"""

from __future__ import annotations

import re

_MARK = "'"
# What spreadsheets and their users separate by, and ends of lines.
_PIECES = re.compile("([;,|\t\r\n\v\f\x85\u2028\u2029])")
# What begins a formula, behind what may be taken off before it: blanks, quotes, NUL, a byte order
# mark. The wide forms are those of Asian keyboards.
_FORMULA = re.compile(r"""[\s"\0\ufeff]*[=+\-@%＝＋－＠]""")
# What is refused at the beginning of a cell beside that: a command, and controls.
_COMMAND = re.compile(r"\s*\||[\t\r\n\0]")


def escape_formula(text: str) -> str:
    """Return a text as a cell without formulas: an apostrophe stands before what looks like one.

    A piece that begins with an apostrophe gets another one, so that taking one off undoes it.
    """
    pieces = _PIECES.split(text)
    pieces[::2] = [_MARK + piece if _risky(piece) else piece for piece in pieces[::2]]
    if _COMMAND.match(text) and not pieces[0].startswith(_MARK):
        pieces[0] = _MARK + pieces[0]
    return "".join(pieces)


def _risky(piece: str) -> bool:
    return piece.startswith(_MARK) or _FORMULA.match(piece) is not None
