"""Right numbers in other places, or right in some places only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from grader.judge.feedback.observations.arrays import Pair, close, distinct, near
from grader.judge.feedback.observations.fact import Fact, Support

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grader.judge.feedback.observations.arrays import Array

FEWEST = 3
"""With fewer rows or entries "last", "first" and "next" cannot be distinguished."""


def _shape_only(pair: Pair) -> Support | None:
    if pair.alike or not close(pair.got.ravel(), pair.right.ravel()):
        return None
    return Support(pair.numbers)


def _transposed(pair: Pair) -> Support | None:
    right = pair.right.T
    if right.ndim == 1 or not close(pair.got, right):
        return None
    return Support(pair.numbers)


def _moved(move: Callable[[Array], Array]) -> Callable[[Pair], Support | None]:
    """Return the support for right values that are all there, moved along the first axis."""

    def of(pair: Pair) -> Support | None:
        if not _long(pair) or not close(pair.got, move(pair.right)):
            return None
        return Support(pair.numbers)

    return of


def _long(pair: Pair) -> bool:
    return pair.alike and pair.right.ndim > 0 and len(pair.right) >= FEWEST


def _rows_reordered(pair: Pair) -> Support | None:
    if not _long(pair) or pair.right.ndim == 1:
        return None
    got, right = (array.reshape(len(array), -1) for array in (pair.got, pair.right))
    if not close(got[np.lexsort(got.T)], right[np.lexsort(right.T)]):
        return None
    return Support(pair.numbers)


def _reordered(pair: Pair) -> Support | None:
    if not pair.alike or not close(np.sort(pair.got, axis=None), np.sort(pair.right, axis=None)):
        return None
    return Support(pair.numbers)


def _late(pair: Pair) -> Support | None:
    """Support that each value is one place after its own."""
    if not _long(pair) or not near(pair.got[1:], pair.right[:-1]).all():
        return None
    return Support(distinct(pair.right[:-1]))


def _early(pair: Pair) -> Support | None:
    if not _long(pair) or not near(pair.got[:-1], pair.right[1:]).all():
        return None
    return Support(distinct(pair.right[1:]))


def _rows(pair: Pair) -> NDArray[np.bool_] | None:
    """Return the mask of right rows, or entries of a vector; None if it is not informative."""
    if not _long(pair) or pair.numbers < FEWEST:
        return None
    right = near(pair.got, pair.right)
    return np.asarray(right.reshape(len(right), -1).all(axis=1))


def _only(right: NDArray[np.bool_] | None, wanted: Callable[[int], list[int]]) -> Support | None:
    """Support that exactly the wanted ones are right."""
    if right is None or list(np.flatnonzero(right)) != wanted(len(right)):
        return None
    return Support(len(right), size=len(right))


def _sign_of_given(pair: Pair, sign: int) -> Support | None:
    """Support that values are right exactly where the argument has a certain sign."""
    x = next((array for array in pair.given if array.shape == pair.right.shape), None)
    if x is None or not pair.alike or x.ndim == 0:
        return None
    right, inside = near(pair.got, pair.right), sign * x > 0
    if not right[inside].all() or right[sign * x < 0].any():
        return None
    return Support(min(distinct(pair.right[inside]), int((sign * x < 0).sum())))


def _other_axis(pair: Pair) -> Support | None:
    for array in pair.given:
        if array.ndim == 2:  # noqa: PLR2004 - rows and columns
            for along in (np.sum, np.mean, np.max, np.min):
                for axis in (0, 1):
                    if close(np.squeeze(pair.right), along(array, axis=axis)) and close(
                        np.squeeze(pair.got), along(array, axis=1 - axis)
                    ):
                        return Support(distinct(pair.got))
    return None


def _not_yet(combine: Callable[[Array], Array]) -> Callable[[Pair], Support | None]:
    """Return the support of values that, combined, are the one number that is right."""

    def of(pair: Pair) -> Support | None:
        one = pair.right.size == 1 and pair.got.size > 1
        if not one or distinct(pair.got) < 2:  # noqa: PLR2004 - of equal ones all is true
            return None
        return Support(1) if close(combine(pair.got), pair.right.reshape(())) else None

    return of


def _all_in_one(combine: Callable[[Array], Array]) -> Callable[[Pair], Support | None]:
    """Return the support of one number, in which all right values are combined."""

    def of(pair: Pair) -> Support | None:
        one = pair.got.size == 1 and pair.right.size > 1
        if not one or pair.numbers < 2:  # noqa: PLR2004 - see above
            return None
        return Support(1) if close(pair.got.reshape(()), combine(pair.right)) else None

    return of


def _mean(values: Array) -> Array:
    return np.asarray(values.mean())


def _sum(values: Array) -> Array:
    return np.asarray(values.sum())


PLACING = (
    Fact("observation.shape_only", _shape_only),
    Fact("transform.transposed", _transposed),
    Fact("observation.mean_missing", _not_yet(_mean), numbers=3, results=3),
    Fact("observation.sum_missing", _not_yet(_sum), numbers=3, results=3),
    Fact("observation.mean_of_all", _all_in_one(_mean), numbers=3, results=3),
    Fact("observation.sum_of_all", _all_in_one(_sum), numbers=3, results=3),
    Fact("observation.other_axis", _other_axis),
    Fact("observation.reversed", _moved(lambda right: right[::-1])),
    Fact("observation.cumulative", _moved(lambda right: np.cumsum(right, axis=0))),
    Fact("observation.late", _late),
    Fact("observation.early", _early),
    Fact("observation.rows_reordered", _rows_reordered),
    Fact("observation.reordered", _reordered),
    Fact(
        "observation.but_last",
        lambda pair: _only(_rows(pair), lambda count: [*range(count - 1)]),
        results=3,
        sizes=2,
    ),
    Fact(
        "observation.but_first",
        lambda pair: _only(_rows(pair), lambda count: [*range(1, count)]),
        results=3,
        sizes=2,
    ),
    Fact(
        "observation.first_only", lambda pair: _only(_rows(pair), lambda _: [0]), results=3, sizes=2
    ),
    Fact("observation.where_positive", lambda pair: _sign_of_given(pair, 1)),
    Fact("observation.where_negative", lambda pair: _sign_of_given(pair, -1)),
)
