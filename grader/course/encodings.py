"""Text for consoles that cannot show every sign."""

from __future__ import annotations

import codecs

# Where the console's encoding lacks a sign, its nearest relative in ASCII stands in.
_RELATIVES = str.maketrans(
    {"✓": "+", "✗": "x", "│": "|", "…": "...", "–": "-", "—": "-", "−": "-", "·": "-", "∞": "inf"}
    | {"→": "->", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "’": "'"}
    | dict.fromkeys("“”«»", '"')
    | dict.fromkeys("\u00a0\u202f", " ")
)


def fitting(text: str, encoding: str) -> str:
    """Return the text with what ``encoding`` does not have replaced: printing never fails."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, _RELATIVE).decode(encoding)
    except LookupError:
        return fitting(text, "ascii")
    return text


def _relative(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    related = error.object[error.start : error.end].translate(_RELATIVES)
    return related.encode("ascii", "replace").decode("ascii"), error.end


_RELATIVE = "grader.relative"
codecs.register_error(_RELATIVE, _relative)
