"""The right values, rounded to some decimals."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, distinct
from grader.observations.observation import GeneralObservation, Support

MOST_DECIMALS = 6


class Rounded(GeneralObservation):
    """The right values, rounded to some decimals."""

    id = "observation.rounded"
    rank = 60
    message_of_one = (
        "Your values are the right ones, rounded to {{n}} decimal. Look for a place where "
        "they are rounded."
    )
    message = (
        "Your values are the right ones, rounded to {{n}} decimals. Look for a place where "
        "they are rounded."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support the smallest number of decimals that fits."""
        for decimals in range(1, MOST_DECIMALS):
            step = 10.0**-decimals
            if (np.abs(pair.got - pair.right) <= 0.5001 * step).all():
                whole = pair.got / step
                if (np.abs(whole - np.round(whole)) <= 1e-6 * np.maximum(1.0, np.abs(whole))).all():
                    return Support(distinct(pair.got), {"n": decimals})
        return None
