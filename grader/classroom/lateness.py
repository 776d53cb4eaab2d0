"""How late an attempt is, and what that takes off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.classroom.rules import ALL

if TYPE_CHECKING:
    from grader.classroom.rules import ExerciseRules

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Delay:
    """How late an attempt is, in days that have begun, and the percentage that is taken off."""

    days: int = 0
    percent: Decimal = Decimal(0)


def days_late(at: dt.datetime, deadline: dt.datetime, grace: dt.timedelta) -> int:
    """Return how many days of delay have begun, 0 for an attempt in time. Both times have a zone.

    What is handed in until the end of the grace is in time. After that the days are counted from
    the deadline itself. Each of them ends at the deadline's time of day, by the clock of its zone,
    also where that clock is put forward or back in between.
    """
    # Sums of times in one zone are sums by its clock: the grace is a length of time, a day is not.
    at, end = at.astimezone(dt.UTC), deadline.astimezone(dt.UTC)
    if at <= end + grace:
        return 0
    days = max(1, (at - end) // _DAY - 1)
    try:
        while at > (deadline + days * _DAY).astimezone(dt.UTC):
            days += 1
    except OverflowError:  # the last day of the calendar
        pass
    return days


def delay_of(at: dt.datetime | None, deadline: dt.datetime | None, rules: ExerciseRules) -> Delay:
    """Return the delay of an attempt; without a known time, or a deadline, there is none."""
    if at is None or deadline is None:
        return Delay()
    days = days_late(at, deadline, rules.grace)
    return Delay(days, min(days * rules.penalty, rules.cap))


def after_penalty(
    points: Decimal, reachable: Decimal, delay: Delay, rules: ExerciseRules
) -> Decimal:
    """Return the points of an attempt after the penalty, exact, and never below zero.

    The percentage is one of the points that could be reached, or of those reached.
    """
    basis = reachable if rules.of == "maximum" else points
    return max(Decimal(0), points - basis * delay.percent / ALL)
