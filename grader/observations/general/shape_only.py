"""The right numbers in another shape."""

from __future__ import annotations

from grader.observations.arrays import Pair, close
from grader.observations.observation import GeneralObservation, Support


class ShapeOnly(GeneralObservation):
    """The right numbers in another shape."""

    id = "observation.shape_only"
    rank = 270
    message = (
        "The numbers are right, and only the shape is not. Look for an axis that is kept or "
        "lost, or for a `reshape`."
    )
    shapes = "any"

    def support(self, pair: Pair) -> Support | None:
        """Support that all is right but the shape."""
        if pair.alike or not close(pair.got.ravel(), pair.right.ravel()):
            return None
        return Support(pair.numbers)
