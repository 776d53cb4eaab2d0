"""When two outcomes are the same: how a misconception is recognised."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from grader.judge.outcomes import Outcome, Raised, Returned
from grader.wire.values import Drained, Tensor

RTOL = 1e-6
EPSILONS = 64
ABSOLUTE = 1e-13


def same_outcome(one: Outcome, other: Outcome, *, strict: bool) -> bool:
    """Tell whether two outcomes are the same: values within tolerance, exceptions by type.

    ``strict`` also compares dtypes, kinds of containers and which arguments were modified.
    """
    if isinstance(one, Returned) and isinstance(other, Returned):
        if not same_value(one.value, other.value, strict=strict):
            return False
        return not strict or same_value(dict(one.changed), dict(other.changed), strict=True)
    if isinstance(one, Raised) and isinstance(other, Raised):
        return one.type == other.type
    return type(one) is type(other)


def same_value(one: Any, other: Any, *, strict: bool) -> bool:
    """Tell whether two plain values are the same."""
    if isinstance(one, Drained) or isinstance(other, Drained):
        one, other = _items(one), _items(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_value(value, other[key], strict=strict) for key, value in one.items()
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        if strict and type(one) is not type(other):
            return False
        return len(one) == len(other) and all(
            same_value(a, b, strict=strict) for a, b in zip(one, other, strict=True)
        )
    if type(one) is float and type(other) is float:
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(one, other, rel_tol=RTOL, abs_tol=ABSOLUTE)
    arrays = _numbers(one), _numbers(other)
    if arrays[0] is None or arrays[1] is None:
        return bool(type(one) is type(other) and one == other)
    if strict and _dtype(one) != _dtype(other):
        return False
    return _close(arrays[0], arrays[1])


def _items(value: Any) -> Any:
    return value.items if isinstance(value, Drained) else value


def _numbers(value: Any) -> np.ndarray[Any, Any] | None:
    if isinstance(value, Tensor):
        return value.array
    if isinstance(value, np.ndarray | np.generic | int | float) and not isinstance(value, bool):
        return np.asarray(value)
    return None


def _dtype(value: Any) -> tuple[str, ...]:
    if isinstance(value, Tensor):
        return ("tensor", value.dtype, value.device)
    kind = type(value).__name__ if not isinstance(value, np.generic) else "scalar"
    return (kind, str(np.asarray(value).dtype))


def _close(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    if one.shape != other.shape:
        return False
    if one.dtype.kind not in "iufc" or other.dtype.kind not in "iufc":
        return bool(np.array_equal(one, other))
    epsilon = max(_epsilon(one.dtype), _epsilon(other.dtype))
    with np.errstate(all="ignore"):
        wide = other.astype(np.complex128 if other.dtype.kind == "c" else np.float64, copy=False)
        finite, size = np.isfinite(wide), np.abs(wide)
        floor = EPSILONS * epsilon * float(size.max(initial=0.0, where=finite))
        near = finite & (np.abs(one - wide) <= RTOL * size + floor)
        if near.all():
            return True
        return bool((near | (one == wide) | (np.isnan(one) & np.isnan(wide))).all())


@functools.cache
def _epsilon(dtype: np.dtype[Any]) -> float:
    return float(np.finfo(dtype).eps) if dtype.kind in "fc" else 0.0
