"""The square root of each right value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Root(MappedValues):
    """The square root of each right value."""

    id = "observation.root"
    rank = 120
    message = (
        "Each of your values is the square root of the right one. Look for a root too many, "
        "or a square that is missing."
    )

    def image(self, right: Array) -> Array:
        """Return the square root of each right value."""
        return np.sqrt(right)
