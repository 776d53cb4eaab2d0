"""The arrays of a result beside the right ones, and their comparison."""

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
TELLING = 1e-3  # of the largest value: smaller values carry no information
MOST = 20_000
"""Elements: larger arrays are not examined, since students learn from small ones."""
COARSE = {"float16", "bfloat16"}
"""Results of such coarse dtypes resemble many values; the comparison reports the dtype itself."""


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
