"""Moodle's own words in its offline grading worksheet, in every language."""

from __future__ import annotations

import datetime as dt
import re

from grader.batch.months import folded, month_names
from grader.course.language_words import words

_STATES = ("draft", "reopened", "submitted")
UNFINISHED = frozenset({"draft", "reopened"})
"""States of what is not handed in."""
_WORDS = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?![0-9:])")
_HALF = re.compile(r"\b([ap])\.?\s?m\b")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY = re.compile(r"(?<![0-9:])[0-9]{1,2}(?![0-9:])")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def titles(name: str) -> tuple[str, ...]:
    """Return the titles of a column in all languages, English first."""
    return words("worksheet", name)


def state(cell: str) -> str:
    """Return the meaning of a status: draft, reopened, submitted, extension (and no submission).

    For anything else, including no submission, return an empty text.
    """
    text = folded(cell)
    for name in _STATES:
        if text.startswith(_words(name)):
            return name
    return "extension" if any(word in text for word in _words("extension")) else ""


def late(cell: str) -> bool | None:
    """Return True if a status says late; None: it does not mention a submitted file."""
    if state(cell) not in {"submitted", "draft"}:
        return None
    text = folded(cell)
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in _words("late"))


def changeable(cell: str) -> bool:
    """Return True if Moodle lets the grade be changed."""
    return folded(cell) not in _words("no")


def iso(cell: str) -> str | None:
    """Return a date as 2026-11-28 20:19, which PHP parses in every language; a dash unchanged.

    Moodle writes dates in the teacher's language and parses English only. None: not recognised.
    """
    text = folded(cell)
    if text in {"", "-"}:
        return text
    day, time = _day(text), _TIME.search(text)
    if day is None or time is None:
        return None
    hour, minute, half = int(time[1]), int(time[2]), _HALF.search(text)
    if half is not None:
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    try:
        return f"{dt.datetime(*day, hour, minute):%Y-%m-%d %H:%M}"  # noqa: DTZ001 - Moodle's clock
    except ValueError:
        return None


def _day(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day."""
    numbers = _ISO.search(text)
    if numbers is not None:
        return int(numbers[1]), int(numbers[2]), int(numbers[3])
    months = [month_names()[word] for word in _WORDS.findall(text) if word in month_names()]
    years, days = _YEAR.findall(text), _DAY.findall(_TIME.sub("", text))
    if (len(months), len(years), len(days)) != (1, 1, 1):
        return None
    return int(years[0]), months[0], int(days[0])


def _words(name: str) -> tuple[str, ...]:
    return tuple(map(folded, words("worksheet", name)))
