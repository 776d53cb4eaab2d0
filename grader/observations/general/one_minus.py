"""1 minus each right value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class OneMinus(MappedValues):
    """1 minus each right value."""

    id = "observation.one_minus"
    rank = 140
    message = (
        "Each of your values is 1 minus the right one. Check which of the two parts of 1 is "
        "asked for."
    )

    def image(self, right: Array) -> Array:
        """Return 1 minus each right value."""
        return 1 - right
