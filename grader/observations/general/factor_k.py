"""Values that are K times too large: the number of columns."""

from __future__ import annotations

from grader.observations.batch_size import FactorOfBatch


class FactorColumns(FactorOfBatch):
    """Values that are K times too large: the number of columns."""

    id = "observation.factor_k"
    rank = 200
    message = (
        "Your values are K times too large, where K is the number of columns of the batch. "
        "Look for a sum over the columns, or a division by their number that is missing."
    )
    of_samples = False
    power = 1
