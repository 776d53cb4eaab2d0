"""Values that are right where the input is negative."""

from __future__ import annotations

from grader.observations.signs import RightOnOneSide


class WhereNegative(RightOnOneSide):
    """Values that are right where the input is negative."""

    id = "observation.where_negative"
    rank = 440
    message = (
        "Your values are right where the input is negative, and wrong where it is positive. "
        "Follow one positive value by hand."
    )
    sign = -1
