"""Each value is a function of the right one: one application too many or too few, or another."""

from __future__ import annotations

import numpy as np

from grader.judge.feedback.observations.arrays import Pair, close, distinct, near
from grader.judge.feedback.observations.fact import Fact, Support, mapped, rounded

# Decimals below this are recognised as rounding; more are as good as exact.
MOST_DECIMALS = 6
HALF_STEP = 2.0**-11  # of float16, relative


def _absolute(pair: Pair) -> Support | None:
    if not pair.alike or not close(pair.got, np.abs(pair.right)):
        return None
    both = (pair.right > 0).any() and (pair.right < 0).any()
    return Support(pair.numbers, size=both or None)


def _clipped(pair: Pair, sign: int) -> Support | None:
    """Support a bound above (sign 1) or below (sign -1): beyond it all is the bound itself."""
    if not pair.alike:
        return None
    got, right = sign * pair.got, sign * pair.right
    bound = float(got.max())
    beyond = right > bound + 1e-9 * max(1.0, abs(bound))
    if beyond.all() or not near(pair.got, sign * np.minimum(right, bound)).all():
        return None
    support = min(distinct(pair.right[beyond]) - 1, distinct(pair.right[~beyond]))
    return Support(max(0, support), {"c": sign * bound + 0.0})


def _truncated(pair: Pair) -> Support | None:
    if not pair.alike or (pair.got != np.trunc(pair.right)).any():
        return None
    return Support(distinct(pair.got))


def _rounded(pair: Pair) -> Support | None:
    if not pair.alike:
        return None
    for decimals in range(1, MOST_DECIMALS):
        step = 10.0**-decimals
        if (np.abs(pair.got - pair.right) <= 0.5001 * step).all():
            whole = pair.got / step
            if (np.abs(whole - np.round(whole)) <= 1e-6 * np.maximum(1.0, np.abs(whole))).all():
                return Support(distinct(pair.got), {"n": decimals})
    return None


def _whole(pair: Pair) -> Support | None:
    if not pair.alike or not (pair.got == np.round(pair.right)).all():
        return None
    return Support(distinct(pair.got))


def _float16(pair: Pair) -> Support | None:
    if not pair.alike:
        return None
    exact = pair.got.astype(np.float16).astype(np.float64) == pair.got
    error = np.abs(pair.got - pair.right)
    fits = exact & (error <= 4 * HALF_STEP * np.abs(pair.right) + 1e-7)
    return Support(pair.numbers) if fits.all() else None


def _zeros(pair: Pair) -> Support | None:
    if not pair.alike or pair.got.any():
        return None
    return Support(pair.got.size)


def _same(pair: Pair) -> Support | None:
    """Support one number everywhere, if the right values differ."""
    if not pair.alike or pair.got.size == 1 or pair.numbers <= 1 or np.ptp(pair.got) > 0:
        return None
    return Support(pair.numbers)


def _argument(pair: Pair) -> Support | None:
    """Support that an argument was returned."""
    if any(close(pair.got, array) for array in pair.given):
        return Support(distinct(pair.got))
    return None


MAPPING = (
    Fact("observation.zeros", _zeros, numbers=2),
    Fact("observation.argument", _argument),
    Fact("observation.same", _same),
    Fact("observation.truncated", _truncated),
    Fact("observation.whole", _whole),
    Fact("observation.rounded", _rounded),
    Fact("observation.float16", _float16),
    Fact("observation.absolute", _absolute, sizes=1),
    mapped("observation.exp", np.exp),
    mapped("observation.log", np.log),
    mapped("observation.square", np.square),
    mapped("observation.root", np.sqrt),
    mapped("observation.reciprocal", np.reciprocal),
    mapped("observation.one_minus", lambda right: 1 - right),
    Fact("observation.clipped_above", lambda pair: _clipped(pair, 1), tell=rounded),
    Fact("observation.clipped_below", lambda pair: _clipped(pair, -1), tell=rounded),
)
