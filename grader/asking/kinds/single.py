"""A single choice is asked as a list to choose one from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import OneOf, Step, Value
from grader.questions.choices import chosen, unknown_choice

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.plain_yaml import Node
    from grader.questions.scored import Feedback


class Single(Manner):
    """One choice."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return the list of choices."""
        return (OneOf(options=asked.shown.choices),)

    def given(self, asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the one choice that an answer names, and nothing else."""
        known, unknown = chosen(answer, asked.question.choices)
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
