"""Several values, whose mean is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.observations.combined import NotYetCombined

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class MeanMissing(NotYetCombined):
    """Several values, whose mean is right."""

    id = "observation.mean_missing"
    rank = 290
    message = (
        "You return several values, and their mean is the right number. Compare with what the "
        "task asks for: one number for the whole batch."
    )

    def combined(self, values: Array) -> Array:
        """Return the mean."""
        return np.asarray(values.mean())
