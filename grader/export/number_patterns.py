"""Numbers within a tolerance as texts with wildcards, for systems that read one separator only.

Moodle takes a comma for a separator of thousands where its language is English, so a numerical
question refuses ``1,140`` there. A short answer compares texts, in which ``*`` stands for anything:
``1.14*`` and ``1,14*`` are all numbers from 1.14 to below 1.15, however many digits are written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MINUS = ("-", "−", "–")
SEPARATORS = (".", ",")
_PADDING = 3  # zeros behind the last digit that people write
_DIGITS = 15  # of a number that is no finite decimal
# What makes another number, or none, of one that begins rightly.
_INSIDE = ("e", "е", "/", "⁄", "^", "\\*", "x", "х", "×", "·", "+", ":", "(", "=", "%", "±", "…")
_TWICE = tuple(f"{one}*{two}" for one in SEPARATORS for two in SEPARATORS)
_TWO_MINUS = tuple(f"{one}*{two}" for one in MINUS[:2] for two in MINUS[:2])


@dataclass(frozen=True)
class Interval:
    """The numbers from ``low`` to ``high``, both included."""

    low: Fraction
    high: Fraction

    @classmethod
    def around(cls, centre: Fraction, tolerance: Fraction) -> Interval:
        """Return the interval of a number and its tolerance."""
        return cls(centre - tolerance, centre + tolerance)

    def by_sign(self) -> tuple[Interval | None, Interval | None]:
        """Return the absolute values of the negative part, and the part from 0 on."""
        below = Interval(max(-self.high, Fraction(0)), -self.low) if self.low < 0 else None
        above = Interval(max(self.low, Fraction(0)), self.high) if self.high >= 0 else None
        return below, above


def as_decimal(value: Fraction) -> str:
    """Return a number in decimal notation, without an exponent or superfluous zeros."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(quotient) != value:
            context.prec = _DIGITS
            quotient = +quotient
        text = format(quotient, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def no_number() -> list[str]:
    """Return patterns of what must not count as the number with which it begins."""
    return [f"*{text}*" for text in (*_INSIDE, *_TWICE, *_TWO_MINUS)]


def with_minus() -> list[str]:
    """Return patterns of all that holds a minus sign."""
    return [f"*{sign}*" for sign in MINUS]


def negative_patterns(magnitudes: Interval, places: int | None = None) -> list[str]:
    """Return the patterns of the negative numbers with these magnitudes."""
    return [f"{sign}{text}" for sign in MINUS for text in positive_patterns(magnitudes, places)]


def positive_patterns(magnitudes: Interval, places: int | None = None) -> list[str]:
    """Return the patterns of the numbers in an interval that begins at 0 or above.

    ``places``: decimals at most, so that they are few; then numbers near its borders are missing.
    """
    found = dict.fromkeys(_with_point(magnitudes, places))
    return list(dict.fromkeys(text.replace(".", sep) for text in found for sep in SEPARATORS))


def _with_point(magnitudes: Interval, places: int | None) -> Iterator[str]:
    digits = max(_places(magnitudes.low), _places(magnitudes.high))
    if places is not None:
        digits = min(digits, places)
    low = math.ceil(magnitudes.low * 10**digits)
    high = math.floor(magnitudes.high * 10**digits)
    if low > high:
        return
    for prefix, decimals in _prefixes(low, high, digits):
        text = _written(prefix, decimals)
        yield from _short(f"{text}*" if "." in text else f"{text}.*")
        yield from _shortened(text)
    last = _written(high, digits)
    yield from _shortened(last)
    point = "" if "." in last else "."
    yield from (f"{text}{point}{'0' * n}" for text in _short(last) for n in range(_PADDING + 1))


def _places(value: Fraction) -> int:
    _, _, decimals = as_decimal(value).partition(".")
    return len(decimals)


def _prefixes(low: int, high: int, decimals: int) -> Iterator[tuple[int, int]]:
    """Yield prefixes that together cover [low, high) in units of 10^-decimals, and their places."""
    at = low
    while at < high:
        size, places = 1, decimals
        while places > 0 and at % (10 * size) == 0 and at + 10 * size <= high:
            size, places = 10 * size, places - 1
        yield at // size, places
        at += size


def _written(digits: int, decimals: int) -> str:
    text = str(digits).rjust(decimals + 1, "0")
    return f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text


def _short(text: str) -> Iterator[str]:
    """Yield a number, and without a zero before the point, as in .5."""
    yield text
    if text.startswith("0.") and text.strip("0.*"):
        yield text[1:]


def _shortened(text: str) -> Iterator[str]:
    """Yield a number, and with fewer zeros at its end: 1.140 and 1.14, 4.0 and 4."""
    yield from _short(text)
    while "." in text and text[-1] in "0.":
        text = text[:-1]
        yield from _short(text)


def signed(intervals: Iterable[Interval], places: int | None = None) -> tuple[list[str], list[str]]:
    """Return the patterns of the negative and of the other numbers of some intervals."""
    below: list[str] = []
    above: list[str] = []
    for interval in intervals:
        negative, positive = interval.by_sign()
        below += negative_patterns(negative, places) if negative else []
        above += positive_patterns(positive, places) if positive else []
    return below, above
