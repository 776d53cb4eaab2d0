"""A cloze question is asked gap by gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, InParts
from grader.asking.step import Line, Step, Value
from grader.questions.forms import too_long, typed

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.scored import Feedback


class Cloze(InParts):
    """A line for each gap, below the words around it."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return a line to type for each gap."""
        code = asked.question.compare == "code"
        return tuple(Line(part=gap, label=around, code=code) for gap, around in asked.shown.gaps)

    def given(self, asked: AskedQuestion, step: Step, answer: Answer) -> Value:
        """Return the text for the gap; one without a name belongs to the only gap."""
        alone = isinstance(answer, str) and len(asked.question.gaps) == 1
        part = answer if alone else self.part_of(step, answer)
        return typed(part, asked.question.compare) or ""

    def complaint(self, _asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse a text that is too long to be compared."""
        return too_long(str(value))
