"""Characters that are invisible on a screen: pasted along with an answer, they are ignored."""

from __future__ import annotations

import unicodedata

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and symbols without a glyph


def visible(text: str) -> str:
    """Return a text without zero-width characters: joiners, soft hyphens, direction marks."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if not _has_no_ink(sign))


def is_invisible(text: str) -> bool:
    """Return True if a text contains no visible character."""
    return all(_is_blank(sign) for sign in text)


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cc" or _has_no_ink(sign)


def _has_no_ink(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign in _FILLERS
