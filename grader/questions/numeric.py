"""Questions whose answer is a number."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.questions.answers import Answer, is_blank, text_of
from grader.questions.kind import Kind
from grader.questions.numbers import NumberError, read_number, to_fraction
from grader.questions.scored import RIGHT, Scored, judged, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.kind import Fault

# A wrong number counts as near within this many tolerances, or this share of the right one.
_NEAR_TOLERANCES = 4
_NEAR_SHARE = Fraction(1, 100)


def near_tolerance(right: Fraction, tolerance: Fraction) -> Fraction:
    """Return how far from the right number a wrong one may be and still count as near."""
    return max(_NEAR_TOLERANCES * tolerance, _NEAR_SHARE * abs(right))


class Numeric(Kind):
    """A number: right within the tolerance, its border included, all in exact fractions."""

    how = msgid("Answer with a number, for instance 0.25, 1/4 or 2.5e-3.")
    takes_tolerance = True

    def score(self, _question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score a number."""
        if isinstance(answer, list) and sum(not is_blank(part) for part in answer) > 1:
            return zero_with_message("quiz.texts_many")
        try:
            number = read_number(text_of(answer))
        except NumberError as error:
            return zero_with_message(error.id, **error.arguments)
        right = to_fraction(key.answer)
        tolerance = to_fraction(key.tolerance or 0)
        if abs(number - right) <= tolerance:
            return RIGHT
        mistakes = self.shown(key, lambda wrong: abs(number - to_fraction(wrong)) <= tolerance)
        if mistakes:
            return judged(Fraction(0), mistakes[:1])
        if abs(number - right) <= near_tolerance(right, tolerance):
            return zero_with_message("quiz.number_near")
        return zero_with_message("quiz.wrong")

    def right_answer(
        self, _shown: ShownQuestion, answer: Any, _listing: str, _t: Translator
    ) -> Iterator[str]:
        """Yield the number, as written in the key."""
        yield f"- `{answer}`"

    def faults(self, _question: Question, answer: Any, _listing: str) -> Iterator[Fault]:
        """Yield a fault if a key's answer is not a number."""
        try:
            to_fraction(answer)
        except NumberError:
            yield msgid("{{answer}} is not a number"), {"answer": str(answer)}
