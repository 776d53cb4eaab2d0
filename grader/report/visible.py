"""Source text for a teacher: characters that a screen would hide are escaped."""

from __future__ import annotations

import re
import unicodedata

# Controls, formats (overrides of direction, joiners, marks), uncommon line ends, spaces other than
# the plain one, and code points that are no characters.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# Fillers, variation selectors and a blank, which by their category are letters, marks or symbols.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
_WORD = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-z]")
# Cyrillic and Greek letters that look like Latin ones, in a word that has Latin ones as well.
_LOOKALIKES = re.compile("[АВЕЅІЈКМНОРСТУХаеіјосрѕухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲϳ]")
_ESCAPES = {"\t": "\\t", "\r": "\\r", "\x0c": "\\f"}


def written_out(text: str) -> str:
    r"""Return a text in which every character is visible; only ``\n`` ends a line.

    Invisible characters become escapes such as ``\x1b`` and ``\u202e``, and so do letters that look
    like Latin ones in a Latin word: ``softm\u0430x``.
    """
    return _WORD.sub(_unmasked, "".join(map(_shown, text)))


def numbered(lines: list[str], labels: list[str]) -> list[str]:
    """Return lines with their labels in front, in a column."""
    width = max(map(len, labels), default=0)
    return [
        f"{label:>{width}}  {line}".rstrip(" ") for label, line in zip(labels, lines, strict=True)
    ]


def _shown(sign: str) -> str:
    if sign in " \n" or (sign.isascii() and sign.isprintable()):
        return sign
    hidden = unicodedata.category(sign) in _HIDDEN or _BLANK.match(sign)
    return _escape(sign) if hidden else sign


def _unmasked(word: re.Match[str]) -> str:
    text = word[0]
    if not _LATIN.search(text):
        return text
    return _LOOKALIKES.sub(lambda letter: _escape(letter[0]), text)


def _escape(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    number = ord(sign)
    if number < 0x100:  # noqa: PLR2004 - as Python writes them
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004
