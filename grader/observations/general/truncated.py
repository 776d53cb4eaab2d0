"""The right values without their fractional parts."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, distinct
from grader.observations.observation import GeneralObservation, Support


class Truncated(GeneralObservation):
    """The right values without their fractional parts."""

    id = "observation.truncated"
    rank = 40
    message = (
        "Your values are the right ones without what stands behind the decimal point. Look "
        "for `//`, for `int(…)`, or for an integer array that results are written into."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support that digits were cut off."""
        if (pair.got != np.trunc(pair.right)).any():
            return None
        return Support(distinct(pair.got))
