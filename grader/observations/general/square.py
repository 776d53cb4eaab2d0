"""The square of each right value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Square(MappedValues):
    """The square of each right value."""

    id = "observation.square"
    rank = 110
    message = (
        "Each of your values is the square of the right one. Look for a square too many, or a "
        "root that is missing."
    )

    def image(self, right: Array) -> Array:
        """Return the square of each right value."""
        return np.square(right)
