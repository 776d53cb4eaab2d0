"""Observations that values are right where the input has one sign, and wrong where another."""

from __future__ import annotations

from typing import ClassVar, Literal

from grader.observations.arrays import Pair, distinct, near
from grader.observations.observation import GeneralObservation, Support


class RightOnOneSide(GeneralObservation):
    """Values are right exactly where the argument has a ``sign``."""

    sign: ClassVar[Literal[1, -1]]

    def support(self, pair: Pair) -> Support | None:
        """Support that the sign of the argument decides."""
        x = next((array for array in pair.given if array.shape == pair.right.shape), None)
        if x is None or x.ndim == 0:
            return None
        right, inside = near(pair.got, pair.right), self.sign * x > 0
        if not right[inside].all() or right[self.sign * x < 0].any():
            return None
        return Support(min(distinct(pair.right[inside]), int((self.sign * x < 0).sum())))
