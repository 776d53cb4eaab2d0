"""Names as students and systems give them: made fit to print, compared as people compare them."""

from __future__ import annotations

import re
import unicodedata

# Characters that turn the direction of what follows: a name could pass for another one.
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def printable(name: str) -> str:
    r"""Return a name as given, with what no table or JSON should hold written as ``\x1b``.

    Different names stay different.
    """
    return "".join(_escaped(character) if _unfit(character) else character for character in name)


def _unfit(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _TURNING


def _escaped(character: str) -> str:
    code = ord(character)
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


def trailing_number(text: str) -> str | None:
    """Return the number at the end of ``Participant 123``, which Moodle translates; else None."""
    found = re.search(r"[0-9]+\Z", text.strip())
    return found[0] if found else None
