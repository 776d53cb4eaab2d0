"""The right numbers in another order."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, close
from grader.observations.observation import GeneralObservation, Support


class Reordered(GeneralObservation):
    """The right numbers in another order."""

    id = "observation.reordered"
    rank = 390
    message = (
        "Your result holds the right numbers, but in another order. Check by which index each "
        "is read, and where it is stored."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support that numbers were moved."""
        if not close(np.sort(pair.got, axis=None), np.sort(pair.right, axis=None)):
            return None
        return Support(pair.numbers)
