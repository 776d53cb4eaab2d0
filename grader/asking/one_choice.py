"""What kinds share that ask for exactly one of the choices, as an answer or for each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.questions.choices import chosen, unknown_choice

if TYPE_CHECKING:
    from grader.asking.step import Step, Value
    from grader.questions.answers import Answer
    from grader.questions.plain_yaml import Node
    from grader.questions.scored import Feedback


class OneChoice(Manner):
    """A manner whose steps each ask for one choice."""

    def given(self, asked: AskedQuestion, step: Step, answer: Answer) -> Value:
        """Return the one choice that an answer names for the step, and nothing else."""
        known, unknown = chosen(self.part_of(step, answer), asked.question.choices)
        return (known[0],) if len({*known}) == 1 and not unknown else ()

    def complaint(self, asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse what is no choice, and several choices."""
        known, unknown = chosen([*value], asked.question.choices)
        if unknown:
            return unknown_choice(unknown[0], asked.question)
        return ("quiz.choices_many", {}) if len({*known}) > 1 else None

    def node(self, _step: Step, value: Value) -> Node:
        """Return the name of the choice."""
        return value[0]
