"""How points are entered if not all of an exercise could be reached: the teacher's choice.

Pure and exact: a file for a learning system, a table and a gradebook must agree to the last digit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

Unreachable = Literal["scaled", "raw", "held-back"]
UNREACHABLE: tuple[Unreachable, ...] = get_args(Unreachable)
# No student gets a grade that another device would have changed.
START: Unreachable = "held-back"
JUDGED = frozenset({"graded", "incomplete"})  # decided by a device
_PLACES = 5  # decimals that Moodle stores


def points_to_enter(
    points: Decimal, reachable: Decimal, maximum: Decimal, choice: Unreachable
) -> Fraction | None:
    """Return the points that are entered out of a maximum; None: the grade is held back.

    If nothing could be reached, nothing was judged: there is no grade, for any choice.
    """
    if reachable == maximum:
        return Fraction(points)
    if not reachable or choice == "held-back":
        return None
    if choice == "raw":
        return Fraction(points)
    return Fraction(points) * Fraction(maximum) / Fraction(reachable)


def entered_of(
    status: str,
    points: Decimal | None,
    reachable: Decimal,
    maximum: Decimal,
    choice: Unreachable,
) -> Decimal | None:
    """Return the number entered as the grade of an exercise, out of its maximum; None: nothing is.

    If nothing was handed in, points are zeros by the teacher's decision and stay unchanged.
    """
    if points is None or status == "needs_review":
        return None
    if status not in JUDGED:
        return points
    exact = points_to_enter(points, reachable, maximum, choice)
    return None if exact is None else rounded(exact)


def rounded(exact: Fraction) -> Decimal:
    """Return points with at most five decimals, rounded half up."""
    return Decimal(int(exact * 10**_PLACES + Fraction(1, 2))).scaleb(-_PLACES)


def chosen_of(text: object) -> Unreachable | None:
    """Return the choice that a text names, None for other texts."""
    return next((choice for choice in UNREACHABLE if choice == text), None)
