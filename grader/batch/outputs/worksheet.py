"""Moodle's own words in its offline grading worksheet, in English, French and Russian."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

from grader.course.languages import LANGUAGES

IDENTIFIER = ("Identifier", "Identifiant", "Идентификатор")
STATUS = ("Status", "Statut", "Состояние", "Статус")
GRADE = ("Grade", "Note", "Оценка")
MAXIMUM = ("Maximum grade", "Note maximale", "Максимальная оценка")
SCALE = ("Scale", "Barème", "Шкала")
CHANGEABLE = ("Grade can be changed", "La note peut être modifiée", "Оценка может быть изменена")
MODIFIED = (
    *("Last modified (grade)", "Dernière modification (note)"),
    *("Последнее изменение (оценка)",),
)
_NO = frozenset({"no", "non", "нет"})

_BEGINS = {
    "draft": ("draft", "brouillon", "черновик"),
    "reopened": ("reopened", "rouvert", "возобновлено"),
    "submitted": (
        *("submitted", "remis pour évaluation", "отправлено для", "опубликовано для"),
        *("представлено для",),
    ),
}
_EXTENSION = ("extension granted", "prolongation accordée", "продлено до")
_LATE = re.compile(r"\blate\b|en retard|с опозданием|срок выполнения закончился")

_WORDS = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?![0-9:])")
_HALF = re.compile(r"\b([ap])\.?\s?m\b")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY = re.compile(r"(?<![0-9:])[0-9]{1,2}(?![0-9:])")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def state(cell: str) -> str:
    """Return the meaning of a status: draft, reopened, submitted, extension (and no submission).

    For anything else, including no submission, return an empty text.
    """
    text = _plain(cell)
    for name, words in _BEGINS.items():
        if text.startswith(words):
            return name
    return "extension" if any(word in text for word in _EXTENSION) else ""


def late(cell: str) -> bool | None:
    """Return True if a status says late; None: it does not mention a submitted file."""
    if state(cell) not in {"submitted", "draft"}:
        return None
    return _LATE.search(_plain(cell)) is not None


def changeable(cell: str) -> bool:
    """Return True if Moodle lets a grade be changed."""
    return _plain(cell) not in _NO


def iso(cell: str) -> str | None:
    """Return a date as 2026-11-28 20:19, which PHP parses in every language; a dash unchanged.

    Moodle writes dates in the teacher's language and parses English only. None: not recognised.
    """
    text = _plain(cell)
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
    months = [_months()[word] for word in _WORDS.findall(text) if word in _months()]
    years, days = _YEAR.findall(text), _DAY.findall(_TIME.sub("", text))
    if (len(months), len(years), len(days)) != (1, 1, 1):
        return None
    return int(years[0]), months[0], int(days[0])


@cache
def _months() -> dict[str, int]:
    """Return the names of the months, including abbreviations, in all their forms."""
    from babel.dates import get_month_names  # noqa: PLC0415 - only worksheets need it

    return {
        _plain(name).rstrip("."): number
        for lang in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, lang).items()
    }


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
