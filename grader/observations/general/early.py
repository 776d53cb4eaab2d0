"""Each value one place too early."""

from __future__ import annotations

from grader.observations.arrays import Pair, distinct, near
from grader.observations.moved_values import is_long
from grader.observations.observation import GeneralObservation, Support


class Early(GeneralObservation):
    """Each value one place too early."""

    id = "observation.early"
    rank = 370
    message = (
        "Your values are right, but each stands one place (or one row) too early. Check where "
        "your index begins, and whether it is one too small."
    )

    def support(self, pair: Pair) -> Support | None:
        """Support that each value is one place before its own."""
        if not is_long(pair) or not near(pair.got[:-1], pair.right[1:]).all():
            return None
        return Support(distinct(pair.right[1:]))
