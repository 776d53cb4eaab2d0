"""Values that are n times too large: the number of samples."""

from __future__ import annotations

from grader.observations.batch_size import FactorOfBatch


class FactorSamples(FactorOfBatch):
    """Values that are n times too large: the number of samples."""

    id = "transform.factor_n"
    rank = 180
    message = (
        "Your values are n times too large, where n is the number of samples. Compare what "
        "the task asks for over the batch with what you compute: a sum, or a mean?"
    )
    of_samples = True
    power = 1
