"""The score of an answer and its feedback."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.report.models import Scalar

    Feedback = tuple[str, dict[str, Scalar]]


@dataclass(frozen=True)
class Scored:
    """The share of a question's points, in [0, 1], and feedback, the first sentence first.

    ``mistake`` is the id of the first mistake of the key that was recognised. ``unanswered``: there
    is no answer that could be wrong. ``text`` is for a teacher to mark: all points wait until then.
    """

    fraction: Fraction
    feedback: tuple[Feedback, ...] = ()
    mistake: str | None = None
    unanswered: bool = False
    text: str | None = None


_DETAILS_LIMIT = 5  # a student who made the same slip often learns from the first ones
RIGHT = Scored(Fraction(1))
UNANSWERED = Scored(Fraction(0), (("quiz.unanswered", {}),), unanswered=True)


def zero_with_message(message: str, **arguments: Scalar) -> Scored:
    """Return no points, with one sentence of explanation."""
    return Scored(Fraction(0), ((message, arguments),))


def judged(
    fraction: Fraction,
    mistakes: Sequence[str] = (),
    details: Sequence[Feedback] = (),
    *,
    right: int = 0,
    total: int = 0,
) -> Scored:
    """Return a score with feedback: mistakes first, then details, then how much was right.

    ``quiz.partly`` needs ``right`` and ``total``; ``quiz.wrong`` is added if there is no other
    feedback.
    """
    if fraction == 1 and not details:
        return RIGHT
    feedback: list[Feedback] = [(f"exercise.{mistake}", {}) for mistake in mistakes]
    for detail in details:
        if detail not in feedback and len(feedback) < len(mistakes) + _DETAILS_LIMIT:
            feedback.append(detail)
    if 0 < fraction < 1 and right < total:
        feedback.append(("quiz.partly", {"right": right, "total": total}))
    if not feedback:
        feedback.append(("quiz.wrong", {}))
    return Scored(fraction, tuple(feedback), mistakes[0] if mistakes else None)


def penalised_share(
    chosen: AbstractSet[object], right: AbstractSet[object], unknown: int = 0
) -> Fraction:
    """Return max(0, (right - wrong) / number of right ones); unknown ones count as wrong."""
    found = len(chosen & right)
    wrong = len(chosen - right) + unknown
    return Fraction(max(0, found - wrong), len(right))
