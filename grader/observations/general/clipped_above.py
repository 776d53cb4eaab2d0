"""Values that end at a bound above."""

from __future__ import annotations

from grader.observations.bounded import BoundedValues


class ClippedAbove(BoundedValues):
    """Values that end at a bound above."""

    id = "observation.clipped_above"
    rank = 150
    message = (
        "Where a value should be greater than {{c}}, yours is {{c}}; all others are right. "
        "Look for a bound, in `clip` or `minimum` for instance."
    )
    sign = 1
