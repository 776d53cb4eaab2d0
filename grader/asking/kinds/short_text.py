"""A few words, or a line of code, are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import Line, Step, Value
from grader.questions.forms import too_long, typed

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.scored import Feedback


class ShortText(Manner):
    """A text on a line."""

    says_how = True

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return a line to type."""
        return (Line(code=asked.question.compare == "code"),)

    def given(self, asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the text as it was written."""
        return typed(answer, asked.question.compare) or ""

    def complaint(self, _asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse a text that is too long to be compared."""
        return too_long(str(value))
