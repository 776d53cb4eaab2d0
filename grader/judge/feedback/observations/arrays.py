"""The arrays of a result beside the right ones, and their comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grader.judge.processes.sandboxed_program import FunctionCall

    Array = NDArray[np.float64]

# Relative difference up to which numbers count as equal.
RTOL = 1e-5
FLOOR = 1e-6  # of the largest value: what rounding leaves of small ones
TELLING = 1e-3  # of the largest value: smaller values carry no information
MOST = 20_000
"""Elements: larger arrays are not examined, since students learn from small ones."""
COARSE = {"float16", "bfloat16"}
"""Results of such coarse dtypes resemble many values; the comparison reports the dtype itself."""
NOTHING = np.array(np.nan)


@dataclass(frozen=True, eq=False)
class Pair:
    """A result, or a part of one, the right one, and the array arguments.

    ``name`` is the key of the part, empty if the result has no keys.
    """

    got: Array
    right: Array
    dtype: str = "float64"
    given: tuple[Array, ...] = ()
    name: str = ""

    @property
    def alike(self) -> bool:
        """Whether the two have the same shape."""
        return self.got.shape == self.right.shape

    @cached_property
    def samples(self) -> int | None:
        """Rows of the first batch among the arguments."""
        return self._batch[0] if self._batch else None

    @cached_property
    def classes(self) -> int | None:
        """Columns of the first batch among the arguments."""
        return self._batch[-1] if self._batch else None

    @cached_property
    def _batch(self) -> tuple[int, ...] | None:
        return next((array.shape for array in self.given if array.ndim > 1), None)

    @cached_property
    def wrong(self) -> bool:
        """Whether the result differs from the right one."""
        return not close(self.got, self.right)

    @cached_property
    def usable(self) -> bool:
        """Whether all numbers are finite, not too many, and of no coarse dtype."""
        if self.dtype in COARSE:
            return False
        few = 0 < self.got.size <= MOST and 0 < self.right.size <= MOST
        return few and bool(np.isfinite(self.got).all() and np.isfinite(self.right).all())

    @cached_property
    def numbers(self) -> int:
        """The number of distinct right values that carry information: not 0, not tiny."""
        return distinct(self.right)


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


def near(one: Array, other: Array) -> NDArray[np.bool_]:
    """Return where ``one`` equals ``other`` up to rounding; the two have the same shape."""
    size = np.abs(other)
    floor = FLOOR * float(size.max(initial=0.0))
    return np.asarray(np.abs(one - other) <= RTOL * size + floor)


def close(one: Array, other: Array) -> bool:
    """Return True if two arrays are equal up to rounding."""
    return one.shape == other.shape and bool(near(one, other).all())


def distinct(values: Array) -> int:
    """Return the number of distinct values that are neither 0 nor tiny."""
    size = np.abs(values).ravel()
    largest = float(size.max(initial=0.0))
    if largest == 0:
        return 0
    telling = values.ravel()[size > TELLING * largest]
    # Not np.unique, which imports more of NumPy than all the rest takes.
    return len(set(np.round(telling / (TELLING * largest)).tolist()))
