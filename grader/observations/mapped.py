"""Observations that each value is a function of the right one."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from grader.observations.arrays import Pair, close, distinct
from grader.observations.observation import GeneralObservation, Support

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class MappedValues(GeneralObservation):
    """Each value is the image of the right one."""

    def support(self, pair: Pair) -> Support | None:
        """Support that all values are images of the right ones."""
        image = self.image(pair.right)
        if not np.isfinite(image).all() or not close(pair.got, image):
            return None
        return Support(min(pair.numbers, distinct(image)))

    @abstractmethod
    def image(self, right: Array) -> Array:
        """Return the values that a wrong function makes of the right ones."""
