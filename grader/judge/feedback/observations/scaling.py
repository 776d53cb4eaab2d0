"""Results that are right up to a factor or a summand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from grader.judge.feedback.observations.arrays import TELLING, Pair, close, near
from grader.judge.feedback.observations.fact import Fact, Support, mapped, rounded

if TYPE_CHECKING:
    from grader.judge.feedback.observations.arrays import Array


LEAST_CHANGE = 1e-2
"""Smallest distance of a factor from 1: rounding, or an epsilon, makes smaller ones."""


def _samples(pair: Pair, power: int) -> Support | None:
    return _counted(pair, pair.samples, pair.classes, power)


def _classes(pair: Pair, power: int) -> Support | None:
    return _counted(pair, pair.classes, pair.samples, power)


def _counted(pair: Pair, count: int | None, other: int | None, power: int) -> Support | None:
    """Support a factor that is a size of the batch; for a square batch it is ambiguous."""
    if count is None or count == 1 or not pair.alike:
        return None
    if not close(pair.got, pair.right * float(count) ** power):
        return None
    return Support(pair.numbers, size=None if count == other else count)


def _constant(pair: Pair) -> Support | None:
    if not pair.alike or not pair.right.any():
        return None
    at = np.unravel_index(int(np.argmax(np.abs(pair.right))), pair.right.shape)
    factor = float(pair.got[at] / pair.right[at])
    nothing = not TELLING < abs(factor) < 1 / TELLING or abs(factor - 1) < LEAST_CHANGE
    if nothing or not close(pair.got, factor * pair.right):
        return None
    return Support(pair.numbers, {"c": factor}, size=(pair.right.shape, pair.samples))


def _added(pair: Pair) -> Support | None:
    """Support a summand; its rounding must be that of the sum."""
    if not pair.alike:
        return None
    difference = pair.got - pair.right
    offset = float(difference.mean())
    if not near(difference, np.full_like(difference, offset)).all() or not offset:
        return None
    share = abs(offset) / (float(np.abs(pair.right).max()) or 1.0)
    if not TELLING < share < 1 / TELLING:
        return None
    return Support(pair.numbers, {"c": offset}, size=(pair.right.shape, pair.samples))


def _proportional(pair: Pair) -> Support | None:
    """Support that the values of a row keep their proportions, whatever the row's factor."""
    if not pair.alike or pair.right.ndim == 0:
        return None
    width = pair.right.shape[-1]
    got, right = pair.got.reshape(-1, width), pair.right.reshape(-1, width)
    telling = np.abs(right) > TELLING * np.abs(right).max(axis=1, keepdims=True)
    if telling.sum(axis=1).min() <= 1 or not got.any(axis=1).all():
        return None
    factors = (got * right).sum(axis=1, keepdims=True) / (right * right).sum(axis=1, keepdims=True)
    if factors.min() <= 0 or not all(
        close(*rows) for rows in zip(got, factors * right, strict=True)
    ):
        return None
    support = sum(
        len(set(row[mask].tolist())) - 1 for row, mask in zip(right, telling, strict=True)
    )
    return Support(support)


def _negative(right: Array) -> Array:
    return -right


SCALING = (
    mapped("transform.sign", _negative),
    Fact("transform.factor_n", lambda pair: _samples(pair, 1), sizes=2),
    Fact("transform.over_n", lambda pair: _samples(pair, -1), sizes=2),
    Fact("observation.factor_k", lambda pair: _classes(pair, 1), sizes=2),
    Fact("observation.over_k", lambda pair: _classes(pair, -1), sizes=2),
    mapped("transform.log2", lambda right: right / math.log(2)),
    mapped("transform.log10", lambda right: right / math.log(10)),
    Fact("transform.constant", _constant, results=3, sizes=2, tell=rounded),
    Fact("observation.added", _added, results=3, sizes=2, tell=rounded),
    Fact("observation.proportional", _proportional, numbers=8, results=2),
)
