"""The sum of all right values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.combined import AllInOne

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class SumOfAll(AllInOne):
    """The sum of all right values."""

    id = "observation.sum_of_all"
    rank = 320
    message = (
        "You return a single number, the sum of the values that are asked for. Look for a sum "
        "too many, or one without `axis`."
    )

    def combined(self, values: Array) -> Array:
        """Return the sum."""
        return np.asarray(values.sum())
