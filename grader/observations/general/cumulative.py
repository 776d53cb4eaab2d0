"""Sums of the right values up to each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.moved_values import MovedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Cumulative(MovedValues):
    """Sums of the right values up to each place."""

    id = "observation.cumulative"
    rank = 350
    message = (
        "Each of your values is the sum of the right ones up to its place. Check where the "
        "variable that collects them starts again from 0."
    )

    def moved(self, right: Array) -> Array:
        """Return sums of the right values up to each place."""
        return np.cumsum(right, axis=0)
