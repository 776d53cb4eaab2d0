"""Values that are K times too small: the number of columns."""

from __future__ import annotations

from grader.observations.batch_size import FactorOfBatch


class OverColumns(FactorOfBatch):
    """Values that are K times too small: the number of columns."""

    id = "observation.over_k"
    rank = 210
    message = (
        "Your values are K times too small, where K is the number of columns of the batch. "
        "Look for a mean, or a division, that also counts the columns."
    )
    of_samples = False
    power = -1
