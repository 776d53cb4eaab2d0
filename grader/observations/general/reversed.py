"""The right values in reverse order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.observations.moved_values import MovedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Reversed(MovedValues):
    """The right values in reverse order."""

    id = "observation.reversed"
    rank = 340
    message = (
        "Your values are right, but in reverse order. Check in which direction you go through them."
    )

    def moved(self, right: Array) -> Array:
        """Return the right values in reverse order."""
        return right[::-1]
