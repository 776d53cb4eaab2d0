"""Rows in the place of columns."""

from __future__ import annotations

from grader.observations.arrays import Pair, close
from grader.observations.observation import GeneralObservation, Support


class Transposed(GeneralObservation):
    """Rows in the place of columns."""

    id = "transform.transposed"
    rank = 280
    message = (
        "Your result is transposed: its rows and columns are swapped. Check the order of the "
        "factors, and which axis holds the samples."
    )
    shapes = "any"

    def support(self, pair: Pair) -> Support | None:
        """Support that the axes are swapped."""
        right = pair.right.T
        if right.ndim == 1 or not close(pair.got, right):
            return None
        return Support(pair.numbers)
