"""Values of a ``class.yaml``, read from text: times, lengths of time, percentages, counts."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, WithJsonSchema

from grader.course.languages import msgid
from grader.course.pydantic_errors import reject_value

NONE = "none"
UNLIMITED = "unlimited"
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?\s?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s?%?", re.ASCII)
_COUNT = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_UNITS = {
    "seconds": ("s", "sec", "second", "seconds"),
    "minutes": ("min", "minute", "minutes"),
    "hours": ("h", "hour", "hours"),
    "days": ("d", "day", "days"),
    "weeks": ("week", "weeks"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_LENGTH = re.compile(rf"(\d{{1,6}})\s?({'|'.join(_UNIT_OF)})", re.ASCII)
_WHOLE = Decimal(100)


def _text(value: object) -> str:
    """Return a scalar as it is written; a list or a mapping is none of these values."""
    return value.strip() if isinstance(value, str) else repr(value)


def moment(value: object) -> dt.datetime:
    """Return a time such as ``2026-11-20 23:59``, with an offset or without.

    Raises:
        PydanticCustomError: it is none.

    """
    text = _text(value)
    if _DAY.fullmatch(text):
        reject_value(
            msgid("{{text}} is a day without a time: write {{example}}"),
            text=text,
            example=f"{text} 23:59",
        )
    found = _MOMENT.fullmatch(text)
    try:
        day, time, offset = ("", "", "") if found is None else found.groups("")
        return dt.datetime.fromisoformat(f"{day}T{time}{offset.replace('Z', '+00:00')}")
    except ValueError:  # or the 31st of November
        reject_value(
            msgid("{{text}} is not a time: write it as {{example}}"),
            text=repr(text),
            example="2026-11-20 23:59",
        )


def length(value: object) -> dt.timedelta:
    """Return a length of time such as ``15 min`` or ``3 days``; ``0`` is none.

    Raises:
        PydanticCustomError: it is none, or it is negative.

    """
    text = _text(value)
    if text == "0":
        return dt.timedelta()
    found = _LENGTH.fullmatch(text)
    if found is None:
        reject_value(
            msgid("{{text}} is not a length of time: write it as {{examples}}"),
            text=repr(text),
            examples="15 min, 2 h, 3 days",
        )
    return dt.timedelta(**{_UNIT_OF[found[2]]: int(found[1])})


def moment_or_length(value: object) -> dt.datetime | dt.timedelta:
    """Return a new deadline, or the time by which the class's is put off.

    Raises:
        PydanticCustomError: it is neither.

    """
    text = _text(value)
    if _LENGTH.fullmatch(text):
        return length(text)
    if not _DAY.match(text):
        reject_value(
            msgid("{{text}} is neither a time nor a length of time: write {{time}}, or {{length}}"),
            text=repr(text),
            time="2026-11-20 23:59",
            length="3 days",
        )
    return moment(text)


def percent(value: object) -> Decimal:
    """Return a percentage from 0 to 100, with at most two decimals.

    Raises:
        PydanticCustomError: it is none.

    """
    text = _text(value)
    found = _PERCENT.fullmatch(text)
    if found is None or Decimal(found[1]) > _WHOLE:
        reject_value(
            msgid("{{text}} is not a percentage from 0 to 100, with at most two decimals"),
            text=repr(text),
        )
    return Decimal(found[1])


def count(value: object) -> int | str:
    """Return a number of attempts from 1, or ``unlimited``.

    Raises:
        PydanticCustomError: it is neither.

    """
    text = _text(value)
    if text == UNLIMITED:
        return text
    if not _COUNT.fullmatch(text):
        reject_value(
            msgid("{{text}} is not a number of attempts from 1: write 3, or unlimited"),
            text=repr(text),
        )
    return int(text)


def zone(value: object) -> str:
    """Return the name of a time zone that this system knows.

    Raises:
        PydanticCustomError: it knows none of that name.

    """
    text = _text(value)
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reject_value(
            msgid("{{text}} is not a time zone: write it as {{examples}}"),
            text=repr(text),
            examples="Europe/Paris, America/Montreal, UTC",
        )
    return text


def _deadline(value: object) -> object:
    return NONE if value == NONE else moment(value)


def _form(*choices: str | re.Pattern[str], **number: int) -> WithJsonSchema:
    """Return the schema of a value: texts of these forms, and numbers with these limits."""
    forms = [one if isinstance(one, str) else f"(?:{one.pattern})" for one in choices]
    text = {"type": "string", "pattern": f"^(?:{'|'.join(forms)})$"}
    return WithJsonSchema({"anyOf": [text, {"type": "number", **number}]} if number else text)


Deadline = Annotated[
    dt.datetime | Literal["none"], BeforeValidator(_deadline), _form(_MOMENT, NONE)
]
Length = Annotated[dt.timedelta, BeforeValidator(length), _form(_LENGTH, const=0)]
Extension = Annotated[
    dt.datetime | dt.timedelta, BeforeValidator(moment_or_length), _form(_MOMENT, _LENGTH)
]
Percent = Annotated[Decimal, BeforeValidator(percent), _form(_PERCENT, minimum=0, maximum=100)]
Count = Annotated[
    int | Literal["unlimited"], BeforeValidator(count), _form(_COUNT, UNLIMITED, minimum=1)
]
Zone = Annotated[str, BeforeValidator(zone)]
