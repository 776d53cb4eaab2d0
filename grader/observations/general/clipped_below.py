"""Values that end at a bound below."""

from __future__ import annotations

from grader.observations.bounded import BoundedValues


class ClippedBelow(BoundedValues):
    """Values that end at a bound below."""

    id = "observation.clipped_below"
    rank = 160
    message = (
        "Where a value should be less than {{c}}, yours is {{c}}; all others are right. Look "
        "for a bound, in `clip` or `maximum` for instance."
    )
    sign = -1
