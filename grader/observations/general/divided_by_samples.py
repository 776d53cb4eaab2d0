"""Values that are n times too small: the number of samples."""

from __future__ import annotations

from grader.observations.batch_size import FactorOfBatch


class OverSamples(FactorOfBatch):
    """Values that are n times too small: the number of samples."""

    id = "transform.over_n"
    rank = 190
    message = (
        "Your values are n times too small, where n is the number of samples. Look for a "
        "division by n that happens once too often."
    )
    of_samples = True
    power = -1
