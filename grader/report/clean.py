"""Sanitising of text from a student process for storage and printing.

A report contains no control or escape sequence, no override of the writing direction and no lone
surrogate, wherever its text came from: no submission can control a terminal, log or page, and every
text can be written as JSON.
"""

from __future__ import annotations

import math
import re

# Characters of a text, and of an argument of a message: the end of a longer one is cut off.
TEXT_LIMIT = 8192
ARGUMENT_LIMIT = 500

_ESCAPES = re.compile(
    r"""
    (?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)                                  # CSI: colours, cursor
    # OSC: title, links. It does not reach over the beginning of another one: that keeps it fast.
    |(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)
    |\x1b[ -/]*[0-~]                                                        # two characters
    """,
    re.VERBOSE,
)
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, marks and overrides of direction, invisible characters (except those that join emoji and
# letters), tags, and code points that are no characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return the text without control sequences, at most ``limit`` characters of it.

    Line ends and tabs stay. A lone surrogate, which JSON in UTF-8 cannot contain, becomes ``�``.
    """
    # The text behind the limit is not scanned: a hostile one may be huge.
    result = text[: 4 * limit]
    if not result.isprintable():  # most texts hold nothing but letters, signs and spaces
        without = _LINE_ENDS.sub("\n", _ESCAPES.sub("", result))
        result = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", without))
    return result if len(result) <= limit else result[: limit - 1] + "…"


def clean_tail(text: str) -> str:
    """Return the sanitised end of a text, up to the length that a report holds of the output."""
    return clean(text[-TEXT_LIMIT:])


def clean_argument(value: str | float | bool | None) -> str | int | float | bool | None:
    """Return an argument of a message: a text on one line, or a number that JSON can represent."""
    if isinstance(value, str):
        return re.sub(r"\s*\n\s*|\t", " ", clean(value, ARGUMENT_LIMIT))
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value
