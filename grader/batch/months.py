"""Names of months in the languages of the program, as dates in names and tables have them."""

from __future__ import annotations

import unicodedata
from functools import cache

from grader.course.languages import LANGUAGES

_SHORT = 3  # letters of an abbreviation, at least


@cache
def month_names() -> dict[str, int]:
    """Return the names of the months, also shortened ones, as they stand in a date or alone."""
    from babel.dates import get_month_names  # noqa: PLC0415 - few files and tables need it

    return {
        folded(name).rstrip("."): number
        for lang in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, lang).items()
    }


def month_of(word: str) -> int | None:
    """Return the month that a word means, however it is shortened and without its accents."""
    wanted = _bare(word)
    if len(wanted) < _SHORT:
        return None
    found = {number for name, number in month_names().items() if _bare(name).startswith(wanted)}
    return found.pop() if len(found) == 1 else None


def folded(text: str) -> str:
    """Return a text in NFKC, case-folded, with one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _bare(word: str) -> str:
    apart = unicodedata.normalize("NFKD", folded(word))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
