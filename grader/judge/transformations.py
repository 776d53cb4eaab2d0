"""Wrong by a simple transformation: recognised where no named misconception fits.

Named only when one and the same transformation explains at least three results of at least two
sizes, and every result there is: also of a right one the sentence would have to be true.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.failures import Finding
from grader.wire.values import Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grader.judge.candidate import Call

LEAST_RESULTS = 3
LEAST_SIZES = 2
RTOL = 1e-5


@dataclass(frozen=True, eq=False)
class Pair:
    """A result, what is right in its place, and the number of samples in the batch."""

    got: NDArray[np.float64]
    right: NDArray[np.float64]
    samples: int | None


def pairs(call: Call, got: Any, right: Any) -> Iterator[Pair]:
    """Yield the arrays of a result beside those that are right.

    What stands in the place of an array without being one is kept as NaN, which nothing explains.
    """
    if isinstance(right, dict):
        for key, value in right.items():
            yield from pairs(call, got.get(key) if isinstance(got, dict) else None, value)
        return
    if isinstance(right, list | tuple):
        fits = isinstance(got, list | tuple) and len(got) == len(right)
        for one, other in zip(got if fits else [None] * len(right), right, strict=True):
            yield from pairs(call, one, other)
        return
    expected = _numbers(right)
    if expected is not None and expected.size and np.isfinite(expected).all():
        result = _numbers(got)
        yield Pair(np.array(np.nan) if result is None else result, expected, _samples(call))


def _numbers(value: Any) -> NDArray[np.float64] | None:
    raw = value.array if isinstance(value, Tensor) else value
    if isinstance(raw, np.ndarray | np.generic | int | float):
        array = np.asarray(raw)
        if array.dtype.kind in "iuf":
            return array.astype(np.float64)
    return None


def _samples(call: Call) -> int | None:
    for arg in call.args:
        raw = arg.array if isinstance(arg, Tensor) else arg
        if isinstance(raw, np.ndarray) and raw.ndim > 1:
            return int(raw.shape[0])
    return None


def explain(found: Sequence[Pair]) -> Finding | None:
    """Return the transformation that explains every result, or None."""
    wrong = [pair for pair in found if not _close(pair.got, pair.right)]
    if len(wrong) < LEAST_RESULTS:
        return None
    if len({(pair.right.shape, pair.samples) for pair in wrong}) < LEAST_SIZES:
        return None
    right = [pair for pair in found if _close(pair.got, pair.right)]
    for finding, apply in _known():
        explains = all(_explains(apply, pair) for pair in wrong)
        if explains and not any(_contradicts(apply, pair) for pair in right):
            return finding
    return _constant(wrong, right)


Apply = Callable[[Pair], "NDArray[np.float64] | None"]


def _known() -> list[tuple[Finding, Apply]]:
    return [
        (Finding("transform.sign"), lambda pair: -pair.right),
        (Finding("transform.transposed"), _transposed),
        (Finding("transform.factor_n"), lambda pair: _times_samples(pair, 1)),
        (Finding("transform.over_n"), lambda pair: _times_samples(pair, -1)),
        (Finding("transform.log2"), lambda pair: pair.right / math.log(2)),
        (Finding("transform.log10"), lambda pair: pair.right / math.log(10)),
    ]


def _transposed(pair: Pair) -> NDArray[np.float64] | None:
    return pair.right.T if pair.right.ndim > 1 else None


def _times_samples(pair: Pair, power: int) -> NDArray[np.float64] | None:
    if pair.samples is None or pair.samples < LEAST_SIZES:
        return None
    return np.asarray(pair.right * float(pair.samples) ** power)


def _explains(apply: Apply, pair: Pair) -> bool:
    transformed = apply(pair)
    return transformed is not None and _close(pair.got, transformed)


def _contradicts(apply: Apply, pair: Pair) -> bool:
    """Tell whether a right result would be another if it were transformed."""
    transformed = apply(pair)
    return transformed is not None and not _close(pair.right, transformed)


def _constant(wrong: Sequence[Pair], right: Sequence[Pair]) -> Finding | None:
    first = wrong[0]
    if first.got.shape != first.right.shape:
        return None
    index = np.unravel_index(int(np.argmax(np.abs(first.right))), first.right.shape)
    if first.right[index] == 0:
        return None
    with np.errstate(all="ignore"):  # results may be infinite, or close to it
        factor = float(first.got[index] / first.right[index])
        if factor == 0 or not math.isfinite(factor):
            return None
        if not all(_close(pair.got, factor * pair.right) for pair in wrong):
            return None
        if any(pair.right.any() for pair in right):
            return None
    return Finding("transform.constant", {"c": float(f"{factor:.4g}")})


def _close(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    if one.shape != other.shape:
        return False
    finite = np.abs(other[np.isfinite(other)])
    floor = RTOL * float(finite.max(initial=0.0))
    return bool(np.allclose(one, other, rtol=RTOL, atol=floor))
