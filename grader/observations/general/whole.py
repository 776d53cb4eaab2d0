"""The right values, rounded to whole numbers."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, distinct
from grader.observations.observation import GeneralObservation, Support


class Whole(GeneralObservation):
    """The right values, rounded to whole numbers."""

    id = "observation.whole"
    rank = 50
    message = (
        "Your values are the right ones, rounded to whole numbers. Look for a place where "
        "they are rounded, or become integers."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support that values were rounded."""
        if not (pair.got == np.round(pair.right)).all():
            return None
        return Support(distinct(pair.got))
