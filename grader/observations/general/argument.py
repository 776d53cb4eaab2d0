"""An argument of the call, as it was given."""

from __future__ import annotations

from grader.observations.arrays import Pair, close, distinct
from grader.observations.observation import GeneralObservation, Support


class Argument(GeneralObservation):
    """An argument of the call, as it was given."""

    id = "observation.argument"
    rank = 20
    message = (
        "Your result equals an argument of the call, as it was given. Check what stands "
        "behind `return`, and whether your computation ends up there."
    )
    shapes = "any"

    def support(self, pair: Pair) -> Support | None:
        """Support that an argument was returned."""
        if any(close(pair.got, array) for array in pair.given):
            return Support(distinct(pair.got))
        return None
