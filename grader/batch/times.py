"""Times in the names that systems give to folders and files: they order versions."""

from __future__ import annotations

import re

from grader.batch.months import month_of

# 2026-11-20-10-11-12, 20261120_101112, 2026-11-20 10.11, 2026-11-20
_CLOCKED = r"[-_ T.]([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?s?"
_STAMP = re.compile(
    r"(?<!\d)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])"
    rf"(?:{_CLOCKED}|(?<=[-_.]\d\d))(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h ]?(\d\d)\s*(?:([AaPp])\.?[Mm]\.?)?\s*\Z")
_NOON = 12

Time = tuple[int, ...]


def stamp(text: str) -> Time | None:
    """Return the time that is written in digits only, the year first."""
    found = _STAMP.search(text)
    return None if found is None else tuple(int(found[at] or 0) for at in (1, 3, 4, 5, 6, 7))


def without_stamp(text: str) -> str:
    """Return a text without such a time."""
    return _STAMP.sub(" ", text)


def parse_written_time(text: str) -> Time | None:
    """Return a time such as ``Nov 9, 2026 105 PM`` or ``9 nov. 2026 1305``."""
    year = _YEAR.search(text)
    if year is None:
        return stamp(text)
    date, rest = text[: year.start()], text[year.end() :]
    day, month, clock = _DAY.search(date), _month(date), _CLOCK.search(rest)
    if day is None or month is None or clock is None:
        return stamp(text)
    hour = int(clock[1])
    if clock[3]:
        hour = hour % _NOON + (_NOON if clock[3] in "Pp" else 0)
    return int(year[1]), month, int(day[1]), hour, int(clock[2])


def _month(text: str) -> int | None:
    return next(filter(None, map(month_of, _WORD.findall(text))), None)
