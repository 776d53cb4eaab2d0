"""The mean of all right values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.combined import AllInOne

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class MeanOfAll(AllInOne):
    """The mean of all right values."""

    id = "observation.mean_of_all"
    rank = 310
    message = (
        "You return a single number, the mean of the values that are asked for. Look for a "
        "mean too many, or one without `axis`."
    )

    def combined(self, values: Array) -> Array:
        """Return the mean."""
        return np.asarray(values.mean())
