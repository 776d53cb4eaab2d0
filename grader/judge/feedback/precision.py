"""Precision of numbers: the relative step of the dtype of a result, or of the arguments."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.values import Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Machine epsilons: 24 and 8 bits of significand.
FLOAT32 = 2.0**-23
BFLOAT16 = 2.0**-7


def own_epsilon(array: NDArray[Any], got: Any) -> float:
    """Return the relative step of a result's own dtype; that of float64 for integers."""
    if isinstance(got, Tensor) and got.dtype == "bfloat16":
        return BFLOAT16
    return _epsilon_of(array.dtype) if array.dtype.kind in "fc" else 2.0**-52


@functools.cache
def _epsilon_of(dtype: np.dtype[Any]) -> float:
    return float(np.finfo(dtype).eps)


def coarsest_epsilon(value: Any) -> float:
    """Return the relative step of the coarsest floating array or tensor in a value, else 0."""
    if isinstance(value, Tensor) and value.dtype == "bfloat16":
        return BFLOAT16
    array = value.array if isinstance(value, Tensor) else value
    if isinstance(array, np.ndarray | np.generic):
        return _epsilon_of(array.dtype) if array.dtype.kind in "fc" else 0.0
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return max(map(coarsest_epsilon, value), default=0.0)
    return 0.0
