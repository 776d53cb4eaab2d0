"""The exponential of each right value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Exponential(MappedValues):
    """The exponential of each right value."""

    id = "observation.exp"
    rank = 90
    message = (
        "Each of your values is the exponential of the right one. Look for an `exp` too many, "
        "or a logarithm that is missing."
    )

    def image(self, right: Array) -> Array:
        """Return the exponential of each right value."""
        return np.exp(right)
