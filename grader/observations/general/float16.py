"""The right values to the digits of float16."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.observation import GeneralObservation, Support

if TYPE_CHECKING:
    from grader.observations.arrays import Pair

HALF_STEP = 2.0**-11  # of float16, relative


class Float16(GeneralObservation):
    """The right values to the digits of float16."""

    id = "observation.float16"
    rank = 70
    message = (
        "Your values are right to the three digits or so that float16 holds. Look for a dtype "
        "that is too coarse on the way to the result."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support a dtype that is too coarse."""
        exact = pair.got.astype(np.float16).astype(np.float64) == pair.got
        error = np.abs(pair.got - pair.right)
        fits = exact & (error <= 4 * HALF_STEP * np.abs(pair.right) + 1e-7)
        return Support(pair.numbers) if fits.all() else None
