"""A text of several lines is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import Step, Text, Value
from grader.questions.answers import text_of
from grader.questions.free_text import TEXT_LIMIT

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.scored import Feedback


class FreeText(Manner):
    """A text for a teacher."""

    def steps(self, _asked: AskedQuestion) -> tuple[Step, ...]:
        """Return a text to type."""
        return (Text(),)

    def given(self, _asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the text as it was written."""
        return text_of(answer).strip()

    def complaint(self, _asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse a text of which a teacher would read the beginning alone."""
        length = len(str(value).strip())
        if length <= TEXT_LIMIT:
            return None
        return "quiz.free_text_long", {"length": length, "most": TEXT_LIMIT}
