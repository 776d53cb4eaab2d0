"""A number is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import Line, Step, Value
from grader.questions.answers import text_of
from grader.questions.numbers import NumberError, read_number

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.scored import Feedback


class Numeric(Manner):
    """A number on a line."""

    says_how = True

    def steps(self, _asked: AskedQuestion) -> tuple[Step, ...]:
        """Return a line to type."""
        return (Line(),)

    def given(self, _asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the number as it was written."""
        return text_of(answer).strip()

    def complaint(self, _asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse what is no number, or may be several."""
        try:
            read_number(str(value))
        except NumberError as error:
            return error.id, error.arguments
        return None
