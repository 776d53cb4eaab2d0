"""The logarithm of each right value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Logarithm(MappedValues):
    """The logarithm of each right value."""

    id = "observation.log"
    rank = 100
    message = (
        "Each of your values is the logarithm of the right one. Look for a `log` too many, or "
        "an exponential that is missing."
    )

    def image(self, right: Array) -> Array:
        """Return the logarithm of each right value."""
        return np.log(right)
