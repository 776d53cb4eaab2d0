"""1 divided by each right value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Reciprocal(MappedValues):
    """1 divided by each right value."""

    id = "observation.reciprocal"
    rank = 130
    message = (
        "Each of your values is 1 divided by the right one. Check which number is divided by which."
    )

    def image(self, right: Array) -> Array:
        """Return 1 divided by each right value."""
        return np.reciprocal(right)
