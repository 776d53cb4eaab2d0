"""Nothing but 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.observations.observation import GeneralObservation, Support

if TYPE_CHECKING:
    from grader.observations.arrays import Pair


class Zeros(GeneralObservation):
    """Nothing but 0."""

    id = "observation.zeros"
    rank = 10
    message = (
        "Every value of your result is 0. Check whether what you compute is ever stored in "
        "what you return."
    )
    numbers = 2

    def support(self, pair: Pair) -> Support | None:
        """Support that nothing was stored."""
        return None if pair.got.any() else Support(pair.got.size)
