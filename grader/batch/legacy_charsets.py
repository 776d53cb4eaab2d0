"""Old character sets, distinguished by the words that they give for the same bytes."""

from __future__ import annotations

import re

_SIGNS = frozenset("«»–—’‘“”… °€")
# The letters, and the punctuation among letters, that each kind of code page adds to ASCII.
_CYRILLIC = frozenset(map(chr, range(0x410, 0x450))) | frozenset("ЁёІіЇїЄєҐґЎў№")
_LATIN = frozenset(map(chr, range(0xC0, 0x100))) - {"×", "÷"} | frozenset("ŠšŽžŒœŸªº")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = {
    "cp1251": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1252": _LATIN,
    "cp437": _LATIN,
    "cp850": _LATIN,
}
WINDOWS = ("cp1251", "cp1252")
DOS = ("cp866", "cp437", "cp850")


def readings(data: bytes, encodings: tuple[str, ...]) -> list[str]:
    """Return the distinct plausible texts that the character sets give for these bytes.

    In a Cyrillic text all letters are beyond ASCII, in a French one only a few.
    """
    found = (_fitting(data, encoding) for encoding in encodings)
    return list(dict.fromkeys(text for text in found if text is not None))


def words_beyond_ascii(text: str) -> list[str]:
    """Return the words of a text that contain letters beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _fitting(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    letters = _LETTERS[encoding]
    beyond = {character for character in text if not character.isascii()}
    if beyond - letters - _SIGNS:
        return None
    words = words_beyond_ascii(text)
    plausible = all(map(_cyrillic if letters is _CYRILLIC else _latin, words))
    return text if words and plausible else None


def _cyrillic(word: str) -> bool:
    """Return True if a word is plausible Russian: no Latin letters, capitals only at the start."""
    if any(character.isascii() for character in word):
        return False
    return word.islower() or word.isupper() or word[1:].islower()


def _latin(word: str) -> bool:
    """Return True if a word is plausible French: accents among plain letters, consistent case."""
    plain = sum(character.isascii() for character in word)
    capital = any(not character.isascii() and character.isupper() for character in word[1:])
    return plain > 0 and (word.isupper() or not capital)
