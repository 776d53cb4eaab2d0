"""Observations that values beyond a bound are the bound itself."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from grader.observations.arrays import Pair, distinct, near
from grader.observations.observation import GeneralObservation, Support


class BoundedValues(GeneralObservation):
    """Values end at a bound, above (``sign`` 1) or below (``sign`` -1)."""

    sign: ClassVar[Literal[1, -1]]

    def support(self, pair: Pair) -> Support | None:
        """Support a bound: beyond it all is the bound itself."""
        got, right = self.sign * pair.got, self.sign * pair.right
        bound = float(got.max())
        beyond = right > bound + 1e-9 * max(1.0, abs(bound))
        if beyond.all() or not near(pair.got, self.sign * np.minimum(right, bound)).all():
            return None
        support = min(distinct(pair.right[beyond]) - 1, distinct(pair.right[~beyond]))
        return Support(max(0, support), {"c": self.sign * bound + 0.0})
