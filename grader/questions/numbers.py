"""Numbers as people write them, parsed exactly.

``0,25``, ``0.25``, ``1/4``, ``2.5e-3``, ``−3`` and ``1 285,5`` are read; ``1,285`` is decimal.
``1.285,5`` and ``1,285,000`` are refused: which of the two is the decimal point is a guess.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.course.unreadable import quote_for_message
from grader.errors import GraderError
from grader.questions.invisible import visible

if TYPE_CHECKING:
    from grader.report.models import Scalar

# Characters: a longer text is no number that a person writes.
_LENGTH_LIMIT = 100
_EXPONENT_LIMIT = 400  # beyond every float; the integer of 1e999999 would fill megabytes

_DASHES = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_SLASHES = "\u2044\u2215"
_CYRILLIC_E = "\u0435\u0415"  # homoglyphs of e, on the same key of a Russian keyboard
_PLAIN = str.maketrans(
    dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SLASHES, "/") | dict.fromkeys(_CYRILLIC_E, "e")
)
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]*)"
    r"(?:[.,](?P<decimals>[0-9]*))?"
    r"(?:[eE](?P<exponent>[+-]?[0-9]{1,6}))?"
)
_SEPARATED = re.compile(r"[+-]? ?[0-9 ]*[.,][0-9 ]*(?:[.,][0-9 ]*)+(?:[eE][+-]?[0-9]+)?")


class NumberError(GraderError):
    """A text is not a readable number: ``id`` of a message and its ``arguments``."""

    def __init__(self, id: str, text: str) -> None:  # noqa: A002 - the report's word
        super().__init__(f"{id}: {text!r}")
        self.id = id
        self.arguments: dict[str, Scalar] = {"text": quote_for_message(text)}


def read_number(text: str) -> Fraction:
    """Return the exact value of a number a person wrote.

    Raises:
        NumberError: ``quiz.number_separators`` or ``quiz.number_unreadable``.

    """
    if len(text) > _LENGTH_LIMIT:
        raise NumberError("quiz.number_unreadable", text)
    words = visible(text).translate(_PLAIN).split()  # split() includes thin and no-break spaces
    above, slash, below = " ".join(words).partition("/")
    numerator = _decimal(above.strip(), text)
    if not slash:
        return numerator
    denominator = _decimal(below.strip(), text)
    if denominator == 0:
        raise NumberError("quiz.number_unreadable", text)
    return numerator / denominator


def to_fraction(value: object) -> Fraction:
    """Return the exact value of a number in a key, as its author wrote it.

    A float is read as its shortest notation, so that 1.140 ± 0.005 is exact at its border.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NumberError("quiz.number_unreadable", str(value))
    return read_number(value if isinstance(value, str) else repr(value))


def _decimal(part: str, text: str) -> Fraction:
    if _SEPARATED.fullmatch(part) and any(character.isdigit() for character in part):
        raise NumberError("quiz.number_separators", text)
    match = _NUMBER.fullmatch(part)
    if match is None:
        raise NumberError("quiz.number_unreadable", text)
    whole = match["whole"].replace(" ", "")
    decimals = match["decimals"] or ""
    exponent = int(match["exponent"] or 0)
    if not whole + decimals or abs(exponent) > _EXPONENT_LIMIT:
        raise NumberError("quiz.number_unreadable", text)
    value = Fraction(int(whole + decimals)) * Fraction(10) ** (exponent - len(decimals))
    return -value if match["sign"] == "-" else value
