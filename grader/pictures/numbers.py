"""Numbers of a submission: parsed without trust, formatted, compared."""

from __future__ import annotations

import math
from typing import Any

RTOL, ATOL = 1e-6, 1e-9
"""Numbers that differ by rounding only are drawn as equal."""


def number(value: Any) -> float | None:
    """Return a value as a float; None if it is not a single number."""
    if isinstance(value, bool | str | bytes) or not hasattr(value, "__float__"):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def written(value: Any) -> str:
    """Return a number with four digits; for anything else the name of its type."""
    found = number(value)
    if found is None:
        return "None" if value is None else type(value).__name__
    return f"{found + 0.0:.4g}"  # + 0.0: no -0


def differ(got: Any, right: Any) -> bool:
    """Return whether a value is not the right number; two NaN do not differ."""
    one, other = number(got), number(right)
    if one is None or other is None:
        return one is not other
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) != math.isnan(other)
    return not math.isclose(one, other, rel_tol=RTOL, abs_tol=ATOL)


def finite(value: Any, largest: float) -> float | None:
    """Return a value as a finite float of at most that size, None for others."""
    found = number(value)
    return found if found is not None and abs(found) <= largest else None
