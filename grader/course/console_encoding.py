"""Text for consoles that cannot show every sign."""

from __future__ import annotations

import codecs
import unicodedata
from functools import cache

# Where the console's encoding lacks a sign, its nearest relative in ASCII stands in.
_RELATIVES = str.maketrans(
    {"✓": "+", "✗": "x", "│": "|", "…": "...", "–": "-", "—": "-", "−": "-", "·": "-", "∞": "inf"}
    | {"→": "->", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "’": "'", "○": "o", "─": "-"}
    | dict.fromkeys("“”«»", '"')
    | dict.fromkeys("\u00a0\u202f", " ")
)


def encodable(text: str, encoding: str) -> str:
    """Return the text with what ``encoding`` does not have replaced: printing never fails."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, RELATIVE).decode(encoding)
    except LookupError:
        return encodable(text, "ascii")
    return text


@cache
def _spelled() -> dict[int, str]:
    """Return letters as their languages spell them where there are none but Latin ones."""
    from grader.course.language_words import words  # noqa: PLC0415 - most consoles have all letters

    pairs = {pair[0]: pair[2:] for pair in words("letters", "spelled")}
    return str.maketrans(pairs | {one.upper(): to.capitalize() for one, to in pairs.items()})


def _relative(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    related = error.object[error.start : error.end].translate(_RELATIVES).translate(_spelled())
    # A letter is still read as that letter without the sign above it: é is e.
    apart = unicodedata.normalize("NFKD", related)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain.encode("ascii", "replace").decode("ascii"), error.end


RELATIVE = "grader.relative"
"""Name of the error handler that replaces so, for streams."""
codecs.register_error(RELATIVE, _relative)
