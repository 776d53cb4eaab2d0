"""One factor in all values."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import TELLING, Pair, close
from grader.observations.observation import GeneralObservation, Support

LEAST_CHANGE = 1e-2
"""Smallest distance of a factor from 1: rounding, or an epsilon, makes smaller ones."""


class ConstantFactor(GeneralObservation):
    """One factor in all values."""

    id = "transform.constant"
    rank = 240
    message = (
        "Every value is {{c}} times what it should be. Look for a factor that is missing, or "
        "one too many."
    )
    results = 3
    sizes = 2

    def support(self, pair: Pair) -> Support | None:
        """Support a factor that is neither 1 nor out of all proportion."""
        if not pair.right.any():
            return None
        at = np.unravel_index(int(np.argmax(np.abs(pair.right))), pair.right.shape)
        factor = float(pair.got[at] / pair.right[at])
        nothing = not TELLING < abs(factor) < 1 / TELLING or abs(factor - 1) < LEAST_CHANGE
        if nothing or not close(pair.got, factor * pair.right):
            return None
        return Support(pair.numbers, {"c": factor}, size=(pair.right.shape, pair.samples))
