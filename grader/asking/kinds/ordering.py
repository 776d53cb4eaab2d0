"""An ordering question is asked as a list whose entries are chosen one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import InOrder, Step, Value
from grader.questions.choices import chosen, unknown_choice

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.scored import Feedback


class Ordering(Manner):
    """All choices, in order."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return the list of choices."""
        return (InOrder(options=asked.shown.choices),)

    def given(self, asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the order that an answer gives, if it names nothing else."""
        known, unknown = chosen(answer, asked.question.choices)
        return () if unknown else tuple(dict.fromkeys(known))

    def complaint(self, asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse what is no choice, and an order that lacks one or repeats one."""
        known, unknown = chosen([*value], asked.question.choices)
        if unknown:
            return unknown_choice(unknown[0], asked.question)
        whole = sorted(known) == sorted(asked.question.choices)
        return None if whole else ("quiz.order_incomplete", {})
