"""One number added to all values."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import TELLING, Pair, near
from grader.observations.observation import GeneralObservation, Support


class Added(GeneralObservation):
    """One number added to all values."""

    id = "observation.added"
    rank = 250
    message = (
        "Each of your values differs from the right one by the same number, {{c}}. Look for a "
        "term that is missing, or one too many."
    )
    results = 3
    sizes = 2

    def support(self, pair: Pair) -> Support | None:
        """Support a summand; its rounding must be that of the sum."""
        difference = pair.got - pair.right
        offset = float(difference.mean())
        if not near(difference, np.full_like(difference, offset)).all() or not offset:
            return None
        share = abs(offset) / (float(np.abs(pair.right).max()) or 1.0)
        if not TELLING < share < 1 / TELLING:
            return None
        return Support(pair.numbers, {"c": offset}, size=(pair.right.shape, pair.samples))
