"""Observations of right values in other places, or in some places only."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from grader.observations.arrays import Pair, close, near
from grader.observations.observation import GeneralObservation, Support

if TYPE_CHECKING:
    from grader.observations.arrays import Array

FEWEST = 3
"""With fewer rows or entries "last", "first" and "next" cannot be distinguished."""


def is_long(pair: Pair) -> bool:
    """Return True if a result has enough rows, or entries, for their order to be informative."""
    return pair.alike and pair.right.ndim > 0 and len(pair.right) >= FEWEST


class MovedValues(GeneralObservation):
    """Right values that are all there, moved along the first axis."""

    def support(self, pair: Pair) -> Support | None:
        """Support that the values were moved."""
        if not is_long(pair) or not close(pair.got, self.moved(pair.right)):
            return None
        return Support(pair.numbers)

    @abstractmethod
    def moved(self, right: Array) -> Array:
        """Return the right values where a wrong function has them."""


class SomeRows(GeneralObservation):
    """Exactly some rows, or entries of a vector, are right."""

    results = 3
    sizes = 2

    def support(self, pair: Pair) -> Support | None:
        """Support that these are right, and no others."""
        if not is_long(pair) or pair.numbers < FEWEST:
            return None
        values = near(pair.got, pair.right)
        right = np.asarray(values.reshape(len(values), -1).all(axis=1))
        if list(np.flatnonzero(right)) != self.right_rows(len(right)):
            return None
        return Support(len(right), size=len(right))

    @abstractmethod
    def right_rows(self, count: int) -> list[int]:
        """Return the places, of so many, that are right."""
