"""Each right value with the other sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.observations.mapped import MappedValues

if TYPE_CHECKING:
    from grader.observations.arrays import Array


class Sign(MappedValues):
    """Each right value with the other sign."""

    id = "transform.sign"
    rank = 170
    message = "Every value has the wrong sign. Look for a minus that is missing, or one too many."

    def image(self, right: Array) -> Array:
        """Return each right value with the other sign."""
        return -right
