"""One number everywhere, where the right values differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.observation import GeneralObservation, Support

if TYPE_CHECKING:
    from grader.observations.arrays import Pair


class Constant(GeneralObservation):
    """One number everywhere, where the right values differ."""

    id = "observation.same"
    rank = 30
    message = (
        "Your result holds one and the same number everywhere, where the right values differ. "
        "Check whether each entry is computed from its own input."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support one number in the place of several."""
        if pair.got.size == 1 or pair.numbers <= 1 or np.ptp(pair.got) > 0:
            return None
        return Support(pair.numbers)
