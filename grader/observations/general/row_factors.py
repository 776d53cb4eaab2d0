"""A factor of its own in each row."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import TELLING, Pair, close
from grader.observations.observation import GeneralObservation, Support


class RowFactors(GeneralObservation):
    """A factor of its own in each row."""

    id = "observation.proportional"
    rank = 260
    message = (
        "Within each row the values stand in the right proportion to each other, and only the "
        "factor of the whole row is wrong. Check what a row is divided by, or multiplied "
        "with."
    )
    numbers = 8
    results = 2

    def support(self, pair: Pair) -> Support | None:
        """Support that the values of a row keep their proportions, whatever the row's factor."""
        if pair.right.ndim == 0:
            return None
        width = pair.right.shape[-1]
        got, right = pair.got.reshape(-1, width), pair.right.reshape(-1, width)
        telling = np.abs(right) > TELLING * np.abs(right).max(axis=1, keepdims=True)
        if telling.sum(axis=1).min() <= 1 or not got.any(axis=1).all():
            return None
        products, squares = (got * right).sum(axis=1), (right * right).sum(axis=1)
        factors = (products / squares)[:, np.newaxis]
        if factors.min() <= 0 or not all(
            close(*rows) for rows in zip(got, factors * right, strict=True)
        ):
            return None
        support = sum(
            len(set(row[mask].tolist())) - 1 for row, mask in zip(right, telling, strict=True)
        )
        return Support(support)
