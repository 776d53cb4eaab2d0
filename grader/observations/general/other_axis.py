"""Values taken along the other axis of an argument."""

from __future__ import annotations

import numpy as np

from grader.observations.arrays import Pair, close, distinct
from grader.observations.observation import GeneralObservation, Support


class OtherAxis(GeneralObservation):
    """Values taken along the other axis of an argument."""

    id = "observation.other_axis"
    rank = 330
    message = (
        "Your values are taken along the other axis: rows where columns are meant, or the "
        "reverse. Check which axis disappears with the `axis` that you name."
    )
    shapes = "any"

    def support(self, pair: Pair) -> Support | None:
        """Support that rows and columns of what was given are mistaken for each other."""
        for array in pair.given:
            if array.ndim == 2:  # noqa: PLR2004 - rows and columns
                for along in (np.sum, np.mean, np.max, np.min):
                    for axis in (0, 1):
                        if close(np.squeeze(pair.right), along(array, axis=axis)) and close(
                            np.squeeze(pair.got), along(array, axis=1 - axis)
                        ):
                            return Support(distinct(pair.got))
        return None
