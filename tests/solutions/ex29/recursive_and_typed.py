from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEP = 1e-4
FLOOR = 1e-8


def relative_error(a: Array, b: Array) -> Array:
    """Compare two arrays entry by entry."""
    return np.abs(a - b) / np.maximum.reduce([np.abs(a), np.abs(b), np.full_like(a, FLOOR)])


def slopes(f: Callable[[Array], float], x: Array) -> Iterator[float]:
    for place in range(x.size):
        at = np.unravel_index(place, x.shape)
        around = x.copy(), x.copy()
        around[0][at] += STEP
        around[1][at] -= STEP
        yield (f(around[0]) - f(around[1])) / (2 * STEP)


def gradient_check(f: Callable[[Array], float], grad: Array, x: Array) -> float:
    measured = np.fromiter(slopes(f, x), dtype=float, count=x.size).reshape(x.shape)
    return float(np.amax(relative_error(grad, measured)))
