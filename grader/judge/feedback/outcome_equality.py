"""Equality of outcomes, by which a misconception is recognised."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from grader.course.models import Tolerance
from grader.judge.feedback.precision import FLOAT32, own_epsilon
from grader.judge.processes.outcomes import Outcome, Raised, Returned
from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from grader.wire.seen import TrafficRecord

# Differences up to this, relative to the scale, count as rounding.
ABSOLUTE = 1e-13
# Elements up to which plain Python is faster than NumPy.
FEW = 64
ALIKE = 2  # ratio of operations, or of bytes, up to which they count as equal
SCARCELY = 1 << 20  # bytes: smaller peaks of memory count as none
FLOATS = (np.dtype(np.float64), np.dtype(np.float32), np.dtype(np.float16))
NUMBERS = (np.ndarray, Tensor, np.generic, int, float)
_DIGITS = re.compile(r"0x[0-9a-fA-F]+|\d+")


@dataclass(frozen=True)
class Measure:
    """The tolerance within which two values count as equal.

    ``coarsest`` is the precision of the coarsest argument. A result that is coarser than that and
    than float32 resembles many, so its own precision does not widen the tolerance.
    """

    tolerance: Tolerance = field(default_factory=Tolerance)
    coarsest: float = 0.0
    strict: bool = False  # also compare dtypes, kinds of containers, modified arguments
    atol: float = 0.0  # absolute error that a check allows beside the tolerance of the exercise


@dataclass(frozen=True)
class _FewFloats:
    """An outcome that is nothing but a small array of floats, ready to be compared."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    values: list[float]
    scale: float
    epsilon: float


# Outcomes of misconceptions are compared with those of every submission of a class.
_few: WeakKeyDictionary[Returned, _FewFloats | None] = WeakKeyDictionary()


def _few_floats(outcome: Returned) -> _FewFloats | None:
    """Return an outcome as a few floats; None if it is anything else."""
    if outcome not in _few:
        value = outcome.value
        plain = type(value) is np.ndarray and value.dtype in FLOATS and value.size <= FEW
        few = None
        if plain and outcome.seen is None and not outcome.changed:
            values = value.ravel().tolist()
            epsilon = own_epsilon(value, value)
            few = _FewFloats(value.shape, value.dtype, values, _scale(values), epsilon)
        _few[outcome] = few
    return _few[outcome]


def same_outcome(one: Outcome, other: Outcome, measure: Measure) -> bool:
    """Return True if outcomes are equal: values by measure, exceptions by type and message.

    Numbers in a message are ignored: shapes and indices are those of the inputs.
    """
    if isinstance(one, Returned) and isinstance(other, Returned):
        first, second = _few_floats(one), _few_floats(other)
        if first is not None and second is not None:
            if first.shape != second.shape or (measure.strict and first.dtype != second.dtype):
                return False
            epsilon = min(max(first.epsilon, second.epsilon), max(FLOAT32, measure.coarsest))
            return _few_close(first.values, second.values, second.scale, epsilon, measure)
        if not (same_seen(one.seen, other.seen) and same_value(one.value, other.value, measure)):
            return False
        changes = dict(one.changed), dict(other.changed)
        return not measure.strict or same_value(*changes, measure)
    if isinstance(one, Raised) and isinstance(other, Raised):
        return one.type == other.type and _message(one) == _message(other)
    return type(one) is type(other)


def same_seen(one: TrafficRecord | None, other: TrafficRecord | None) -> bool:
    """Return True if two calls had the same device traffic.

    That is the same kinds of events, similar numbers of operations, and similar peaks of memory.
    Exact counts depend on how a program is written.
    """
    if one is None or other is None:
        return one is other
    kinds = [{(event.kind, event.operation) for event in seen.events} for seen in (one, other)]
    peaks = (max(seen.peak_bytes, SCARCELY) for seen in (one, other))
    return kinds[0] == kinds[1] and _as_much(one.operations, other.operations) and _as_much(*peaks)


def _as_much(one: int, other: int) -> bool:
    return max(one, other) <= ALIKE * min(one, other)


def _message(raised: Raised) -> str | None:
    return raised.detail and _DIGITS.sub("0", raised.detail)


def same_value(one: Any, other: Any, measure: Measure) -> bool:
    """Return True if two plain values are equal."""
    if isinstance(one, GeneratorItems) or isinstance(other, GeneratorItems):
        one, other = _items(one), _items(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_value(value, other[key], measure) for key, value in one.items()
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        if measure.strict and type(one) is not type(other):
            return False
        return len(one) == len(other) and all(
            same_value(a, b, measure) for a, b in zip(one, other, strict=True)
        )
    if type(one) is float and type(other) is float:
        both_nan = math.isnan(one) and math.isnan(other)
        rtol = measure.tolerance.rtol
        allowed = max(ABSOLUTE, measure.atol)
        return both_nan or math.isclose(one, other, rel_tol=rtol, abs_tol=allowed)
    if not (is_number(one) and is_number(other)):
        return bool(type(one) is type(other) and one == other)
    if measure.strict and _dtype(one) != _dtype(other):
        return False
    return _close(one, other, measure)


def _items(value: Any) -> Any:
    return value.items if isinstance(value, GeneratorItems) else value


def is_number(value: Any) -> bool:
    """Return True if a value is a number, or an array or tensor of numbers."""
    return isinstance(value, NUMBERS) and not isinstance(value, bool)


def _array(value: Any) -> NDArray[Any]:
    return value.array if isinstance(value, Tensor) else np.asarray(value)


def _dtype(value: Any) -> tuple[str, ...]:
    if isinstance(value, Tensor):
        return ("tensor", value.dtype, value.device)
    kind = type(value).__name__ if not isinstance(value, np.generic) else "scalar"
    return (kind, str(np.asarray(value).dtype))


def _close(value: Any, right: Any, measure: Measure) -> bool:
    one, other = _array(value), _array(right)
    if one.shape != other.shape:
        return False
    if one.dtype.kind not in "iufc" or other.dtype.kind not in "iufc":
        return bool(np.array_equal(one, other))
    own = max(own_epsilon(one, value), own_epsilon(other, right))
    epsilon = min(own, max(FLOAT32, measure.coarsest))
    if one.size <= FEW and one.dtype in FLOATS and other.dtype in FLOATS:
        rights = other.ravel().tolist()
        return _few_close(one.ravel().tolist(), rights, _scale(rights), epsilon, measure)
    with np.errstate(all="ignore"):
        wide = other.astype(np.complex128 if other.dtype.kind == "c" else np.float64, copy=False)
        finite, size = np.isfinite(wide), np.abs(wide)
        scale = float(size.max(initial=0.0, where=finite))
        floor = max(measure.tolerance.c * epsilon, ABSOLUTE) * scale + measure.atol
        near = finite & (np.abs(one - wide) <= measure.tolerance.rtol * size + floor)
        if near.all():
            return True
        return bool((near | (one == wide) | (np.isnan(one) & np.isnan(wide))).all())


def _scale(rights: Sequence[float]) -> float:
    return max((abs(right) for right in rights if math.isfinite(right)), default=0.0)


def _few_close(
    values: Sequence[float],
    rights: Sequence[float],
    scale: float,
    epsilon: float,
    measure: Measure,
) -> bool:
    """Compare a few floats likewise: most mistakes differ in the first, and NumPy takes longer."""
    tolerance = measure.tolerance
    floor = max(tolerance.c * epsilon, ABSOLUTE) * scale + measure.atol
    for one, other in zip(values, rights, strict=True):
        near = math.isfinite(other) and abs(one - other) <= tolerance.rtol * abs(other) + floor
        if not (near or one == other or (math.isnan(one) and math.isnan(other))):
            return False
    return True
