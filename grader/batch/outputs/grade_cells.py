"""The grade in a cell of a teacher's table."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_NONE = frozenset({"", "-", "–", "—"})
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")


def current_grade(cell: str) -> Decimal | None:
    """Return the grade in a cell, with a point or a comma; None: it is empty or a dash.

    Raises:
        ValueError: it contains something else.

    """
    text = cell.strip()
    if text in _NONE:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def falls(old: Decimal | None, new: Decimal) -> bool:
    """Return True if a new grade is lower, to the precision of the old one."""
    return old is not None and _as_shown(new, old) < old


def changes(old: Decimal | None, new: Decimal) -> bool:
    """Return True if a new grade differs, to the precision of the old one."""
    return old is None or _as_shown(new, old) != old


def _as_shown(new: Decimal, old: Decimal) -> Decimal:
    """Return a grade with the decimals of another one: systems show fewer than they store."""
    places = -max(2, -int(old.as_tuple().exponent))
    return new.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP)
