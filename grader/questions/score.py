"""The share of a question's points that an answer earns, and the points themselves."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.questions.answers import Answer, is_blank
from grader.questions.registry import kind_of
from grader.questions.scored import UNANSWERED, Scored

if TYPE_CHECKING:
    from grader.course.models import Key, Question


def score(question: Question, key: Key, answer: Answer, listing_text: str | None = None) -> Scored:
    """Score one answer, under a key for which ``key_problems`` returns nothing."""
    if is_blank(answer):
        return UNANSWERED
    return kind_of(question.kind).score(question, key, answer, listing_text or "")


def points(question: Question, fraction: Fraction) -> Decimal:
    """Return a question's points times a fraction in [0, 1], rounded once, half up, to 0.01."""
    if not 0 <= fraction <= 1:
        raise ValueError(f"{fraction} is no share of a question's points")
    hundredths = math.floor(100 * question.points * fraction + Fraction(1, 2))
    return Decimal(hundredths).scaleb(-2)
