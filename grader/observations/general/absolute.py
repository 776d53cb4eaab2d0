"""The right values without their sign."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, close
from grader.observations.observation import GeneralObservation, Support


class Absolute(GeneralObservation):
    """The right values without their sign."""

    id = "observation.absolute"
    rank = 80
    message = (
        "Your values are right but for the sign: those that should be negative are positive. "
        "Look for an absolute value, or a square under a root."
    )
    sizes = 1

    def support(self, pair: Pair) -> Support | None:
        """Support absolute values; a result must have had both signs."""
        if not close(pair.got, np.abs(pair.right)):
            return None
        both = (pair.right > 0).any() and (pair.right < 0).any()
        return Support(pair.numbers, size=both or None)
