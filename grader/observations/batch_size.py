"""Observations that values are too large, or too small, by a size of the batch."""

from __future__ import annotations

from typing import ClassVar, Literal

from grader.observations.arrays import Pair, close
from grader.observations.observation import GeneralObservation, Support


class FactorOfBatch(GeneralObservation):
    """All values have a size of the batch as a factor, to the power of 1 or -1."""

    sizes = 2
    of_samples: ClassVar[bool]
    """Whether the size is the number of samples, or that of columns."""
    power: ClassVar[Literal[1, -1]]

    def support(self, pair: Pair) -> Support | None:
        """Support a factor that is a size of the batch; for a square batch it is ambiguous."""
        count, other = pair.samples, pair.classes
        if not self.of_samples:
            count, other = other, count
        if count is None or count == 1:
            return None
        if not close(pair.got, pair.right * float(count) ** self.power):
            return None
        return Support(pair.numbers, size=None if count == other else count)
