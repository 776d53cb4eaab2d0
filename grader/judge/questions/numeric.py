"""Questions whose answer is a number."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.judge.questions.answers import Answer, text_of
from grader.judge.questions.keyed import shown_mistakes
from grader.judge.questions.numbers import NumberError, exact, read_number
from grader.judge.questions.scored import RIGHT, Scored, judged, refused

if TYPE_CHECKING:
    from grader.course.models import Key

_NEAR_TOLERANCES = 4
_NEAR_SHARE = Fraction(1, 100)


def score_numeric(key: Key, answer: Answer) -> Scored:
    """Score a number: right within the tolerance, its border included, all in exact fractions."""
    try:
        number = read_number(text_of(answer))
    except NumberError as error:
        return refused(error.id, **error.arguments)
    right = exact(key.answer)
    tolerance = exact(key.tolerance or 0)
    if abs(number - right) <= tolerance:
        return RIGHT
    mistakes = shown_mistakes("numeric", key, lambda wrong: abs(number - exact(wrong)) <= tolerance)
    if mistakes:
        return judged(Fraction(0), mistakes[:1])
    if abs(number - right) <= max(_NEAR_TOLERANCES * tolerance, _NEAR_SHARE * abs(right)):
        return refused("quiz.number_near")
    return refused("quiz.wrong")
