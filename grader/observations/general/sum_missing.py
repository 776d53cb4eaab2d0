"""Several values, whose sum is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.combined import NotYetCombined

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class SumMissing(NotYetCombined):
    """Several values, whose sum is right."""

    id = "observation.sum_missing"
    rank = 300
    message = (
        "You return several values, and their sum is the right number. Compare with what the "
        "task asks for: one number."
    )

    def combined(self, values: Array) -> Array:
        """Return the sum."""
        return np.asarray(values.sum())
