"""The arrays of a result beside those that are right, and when numbers are the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

RTOL = 1e-5
FLOOR = 1e-6  # of the largest value: what rounding leaves of small ones
TELLING = 1e-3  # of the largest value: what is smaller supports nothing
MOST = 20_000
"""Larger arrays are not looked at: a student learns from small ones."""
COARSE = {"float16", "bfloat16"}
"""Results of these dtypes resemble many others; the comparison reports their rounding."""


@dataclass(frozen=True, eq=False)
class Pair:
    """A result, or a part of one, what is right in its place, and the arrays that were given.

    ``name`` is the key of the part, empty where the result has no keys.
    """

    got: Array
    right: Array
    dtype: str = "float64"
    given: tuple[Array, ...] = ()
    name: str = ""

    @property
    def alike(self) -> bool:
        """Whether the two have one shape."""
        return self.got.shape == self.right.shape

    @cached_property
    def samples(self) -> int | None:
        """Rows of the first batch that was given."""
        return self._batch[0] if self._batch else None

    @cached_property
    def classes(self) -> int | None:
        """Columns of the first batch that was given."""
        return self._batch[-1] if self._batch else None

    @cached_property
    def _batch(self) -> tuple[int, ...] | None:
        return next((array.shape for array in self.given if array.ndim > 1), None)

    @cached_property
    def wrong(self) -> bool:
        """Whether the result is another than the right one."""
        return not close(self.got, self.right)

    @cached_property
    def usable(self) -> bool:
        """Whether there are only finite numbers, not too many, and none of a coarse dtype."""
        if self.dtype in COARSE:
            return False
        few = 0 < self.got.size <= MOST and 0 < self.right.size <= MOST
        return few and bool(np.isfinite(self.got).all() and np.isfinite(self.right).all())

    @cached_property
    def numbers(self) -> int:
        """How many different right values there are that tell something: not 0, not tiny."""
        return distinct(self.right)


def near(one: Array, other: Array) -> NDArray[np.bool_]:
    """Return where ``one`` is ``other`` but for rounding; the two have one shape."""
    size = np.abs(other)
    floor = FLOOR * float(size.max(initial=0.0))
    return np.asarray(np.abs(one - other) <= RTOL * size + floor)


def close(one: Array, other: Array) -> bool:
    """Return True if two arrays are equal up to rounding."""
    return one.shape == other.shape and bool(near(one, other).all())


def distinct(values: Array) -> int:
    """Return how many values differ from each other and are neither 0 nor tiny."""
    size = np.abs(values).ravel()
    largest = float(size.max(initial=0.0))
    if largest == 0:
        return 0
    telling = values.ravel()[size > TELLING * largest]
    # Not np.unique, which imports more of NumPy than all the rest takes.
    return len(set(np.round(telling / (TELLING * largest)).tolist()))
