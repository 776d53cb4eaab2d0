"""Bars: upper bounds of numbers measured on a trained model, or the like."""

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
    """A number that a check measured, and its bar; ``of`` distinguishes several of one check."""

    of: str
    value: float
    bar: float


@dataclass
class Noted:
    """The destination of a running check's measurements."""

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

    The sentence may contain ``{{value}}`` and ``{{bar}}``, rounded to three digits, and the names
    of ``args``. ``of`` names the number if a check measures several. NaN fails. `grader validate
    --certificate` prints the measurements of right answers and of wrong ones.
    """
    value = float(value)
    note_measurement(value, bar, of)
    if not value <= bar:
        numbers = {"value": _rounded(value), "bar": _rounded(bar)}
        raise CheckFailedError(Finding(f"exercise.{id}", {**numbers, **args}))


def note_measurement(value: float, bar: float, of: str = "") -> None:
    """Record a number that the running check measured, and its bar."""
    noted.get(Noted()).measurements.append(Measurement(of, float(value), float(bar)))


def _rounded(number: float) -> float | str:
    if not math.isfinite(number):
        return str(number)
    rounded = float(f"{number:.3g}")
    return int(rounded) if rounded.is_integer() else rounded
