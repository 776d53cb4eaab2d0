"""The arrays of a result beside the right ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.observations.arrays import Pair
from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from grader.judge.processes.sandboxed_program import FunctionCall
    from grader.observations.arrays import Array

NOTHING = np.array(np.nan)


def pairs(call: FunctionCall, got: Any, right: Any) -> list[Pair]:
    """Return the arrays of a result beside the right ones.

    A value in place of an array becomes NaN, which no fact explains.
    """
    given = [numbers(arg) for arg in (*call.args, *call.kwargs.values())]
    arrays = tuple(array for array in given if array is not None)
    return list(_pairs(got, right, arrays))


def _pairs(got: Any, right: Any, given: tuple[Array, ...], name: str = "") -> Iterator[Pair]:
    got, right = _drained(got), _drained(right)
    if isinstance(right, dict):
        for key, value in right.items():
            part = got.get(key) if isinstance(got, dict) else None
            yield from _pairs(part, value, given, name or str(key))
        return
    if isinstance(right, list | tuple):
        fits = isinstance(got, list | tuple) and len(got) == len(right)
        for one, other in zip(got if fits else [None] * len(right), right, strict=True):
            yield from _pairs(one, other, given, name)
        return
    expected = numbers(right)
    if expected is not None and expected.size and np.isfinite(expected).all():
        result = numbers(got)
        yield Pair(NOTHING if result is None else result, expected, _dtype(got), given, name)


def _drained(value: Any) -> Any:
    return value.items if isinstance(value, GeneratorItems) else value


def numbers(value: Any) -> Array | None:
    """Return a number, an array or a tensor of real numbers in float64, else None."""
    raw = value.array if isinstance(value, Tensor) else value
    if isinstance(raw, np.ndarray | np.generic | int | float):
        try:
            array = np.asarray(raw)
        except OverflowError:
            return None
        if array.dtype.kind in "iuf":
            return array.astype(np.float64)
    return None


def _dtype(value: Any) -> str:
    return value.dtype if isinstance(value, Tensor) else str(getattr(value, "dtype", ""))
