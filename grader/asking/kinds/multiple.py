"""A multiple choice is asked as a list to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import SomeOf, Step, Value
from grader.questions.choices import chosen, unknown_choice

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.scored import Feedback


class Multiple(Manner):
    """All choices that apply."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return the list of choices."""
        return (SomeOf(options=asked.shown.choices),)

    def given(self, asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the choices that an answer names, if it names nothing else, as they are shown."""
        known, unknown = chosen(answer, asked.question.choices)
        return () if unknown else tuple(id_ for id_, _ in asked.shown.choices if id_ in known)

    def complaint(self, asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse what is no choice."""
        _, unknown = chosen([*value], asked.question.choices)
        return unknown_choice(unknown[0], asked.question) if unknown else None
