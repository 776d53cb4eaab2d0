"""Names as students and systems give them: made fit to print, compared as people compare them."""

from __future__ import annotations

import re
import unicodedata

# Controls, surrogates, and what turns the direction of what follows: a name could pass for another
# one. Also the backslash of a name that would look like such an escape.
_UNFIT = re.compile(
    "[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
    r"|\\(?=x[0-9a-f]{2}|u[0-9a-f]{4})"
)


def printable(name: str) -> str:
    r"""Return a name as given, with what no table or JSON should hold written as ``\x1b``.

    Different names stay different.
    """
    return _UNFIT.sub(_escaped, name)


def _escaped(unfit: re.Match[str]) -> str:
    code = ord(unfit[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - a byte


def same_name(name: str) -> str:
    """Return what spellings of one name have in common: composition, case and spaces apart.

    An underscore stands for a space, as in file names.
    """
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return " ".join(composed.replace("_", " ").split())


def same_id(id_: str) -> str:
    """Return what two spellings of one id have in common: composition and outer spaces apart."""
    return unicodedata.normalize("NFC", id_.strip())


def natural(name: str) -> tuple[object, ...]:
    """Return what sorts names as people count: ``ex01``, ``ex01 (2)``, ``ex01 (10)``."""
    pieces = re.split(r"([0-9]+)", same_name(name))  # in turn a text and a number
    return tuple(_number(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def _number(digits: str) -> tuple[int, str]:
    """Return what sorts numbers of any length by what they count."""
    value = digits.lstrip("0")
    return len(value), value


def trailing_number(text: str) -> str | None:
    """Return the number at the end of ``Participant 123``, which Moodle translates; else None."""
    stripped = text.strip()
    return stripped[len(stripped.rstrip("0123456789")) :] or None
