"""Logarithms to base 10 in the place of natural ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Log10(MappedValues):
    """Logarithms to base 10 in the place of natural ones."""

    id = "transform.log10"
    rank = 230
    message = (
        "Your values fit a logarithm to base 10, where the natural one is asked for. Check "
        "which logarithm you call."
    )

    def image(self, right: Array) -> Array:
        """Return logarithms to base 10 in the place of natural ones."""
        return right / math.log(10)
