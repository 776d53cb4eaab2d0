"""Observations of one number in the place of several, and of several in the place of one."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from grader.observations.arrays import Pair, close, distinct
from grader.observations.observation import GeneralObservation, Support

if TYPE_CHECKING:
    from grader.observations.arrays import Array

SEVERAL = 2
"""Distinct values that are required: equal ones fit anything."""


class _Combined(GeneralObservation):
    """One number is what others make together."""

    shapes = "any"
    numbers = 3
    results = 3

    @abstractmethod
    def combined(self, values: Array) -> Array:
        """Return the one number that values make together."""


class NotYetCombined(_Combined):
    """Values that, combined, are the one number that is right."""

    def support(self, pair: Pair) -> Support | None:
        """Support that only the last step is missing."""
        one = pair.right.size == 1 and pair.got.size > 1
        if not one or distinct(pair.got) < SEVERAL:
            return None
        fits = close(self.combined(pair.got), pair.right.reshape(()))
        return Support(1) if fits else None


class AllInOne(_Combined):
    """One number, in which all right values are combined."""

    def support(self, pair: Pair) -> Support | None:
        """Support that there was one step too many."""
        one = pair.got.size == 1 and pair.right.size > 1
        if not one or pair.numbers < SEVERAL:
            return None
        fits = close(pair.got.reshape(()), self.combined(pair.right))
        return Support(1) if fits else None
