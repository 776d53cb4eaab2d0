"""Values that are right where the input is positive."""

from __future__ import annotations

from grader.observations.signs import RightOnOneSide


class WherePositive(RightOnOneSide):
    """Values that are right where the input is positive."""

    id = "observation.where_positive"
    rank = 430
    message = (
        "Your values are right where the input is positive, and wrong where it is negative. "
        "Follow one negative value by hand."
    )
    sign = 1
