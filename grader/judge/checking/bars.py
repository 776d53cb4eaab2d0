"""Bars: what a number measured on a trained model, or the like, has to stay under."""

from __future__ import annotations

import contextvars
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.judge.failures import CheckFailedError, Finding

if TYPE_CHECKING:
    from grader.judge.failures import ArgumentValue


@dataclass(frozen=True)
class Measurement:
    """A number that a check measured, and its bar; ``of`` tells several of one check apart."""

    of: str
    value: float
    bar: float


@dataclass
class Noted:
    """Where the measurements of a running check are noted."""

    measurements: list[Measurement] = field(default_factory=list)


noted: contextvars.ContextVar[Noted] = contextvars.ContextVar("noted")


def assert_at_most(
    value: float,
    bar: float,
    id: str,  # noqa: A002 - the author's word for it, as in `fail`
    *,
    of: str = "",
    **args: ArgumentValue,
) -> None:
    """Check that a measured number is at most ``bar``, else fail with ``feedback.<id>``.

    The sentence may hold ``{{value}}`` and ``{{bar}}``, rounded to three digits, and what ``args``
    holds. ``of`` names the number where a check measures several. NaN is never at most anything.
    `grader validate --certificate` prints what was measured of right answers and of wrong ones.
    """
    value = float(value)
    note_measurement(value, bar, of)
    if not value <= bar:
        told = {"value": _rounded(value), "bar": _rounded(bar)}
        raise CheckFailedError(Finding(f"exercise.{id}", {**told, **args}))


def note_measurement(value: float, bar: float, of: str = "") -> None:
    """Note what the running check measured, and what it may be at most."""
    noted.get(Noted()).measurements.append(Measurement(of, float(value), float(bar)))


def _rounded(number: float) -> float | str:
    if not math.isfinite(number):
        return str(number)
    rounded = float(f"{number:.3g}")
    return int(rounded) if rounded.is_integer() else rounded
