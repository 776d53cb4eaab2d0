"""Questions with one right choice."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.questions.choices import choice_faults, chosen, option, unknown_choice
from grader.questions.kind import Kind
from grader.questions.scored import RIGHT, Scored, judged, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault


class Single(Kind):
    """One choice: right or not."""

    how = msgid("Answer with the name of one choice.")
    takes_choices = True

    def score(self, question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score one choice: right or not."""
        known, unknown = chosen(answer, question.choices)
        if unknown:
            return Scored(Fraction(0), (unknown_choice(unknown[0], question),))
        if len(set(known)) > 1:
            return zero_with_message("quiz.choices_many")
        if known[0] == key.answer:
            return RIGHT
        mistakes = self.shown(key, lambda wrong: known[0] == wrong)
        return judged(Fraction(0), mistakes[:1])

    def right_answer(
        self, shown: ShownQuestion, answer: Any, _listing: str, _t: Translator
    ) -> Iterator[str]:
        """Yield the right choice."""
        yield f"- {option(shown.choices, answer)}"

    def by_chance(self, question: Question, _key: Key, _listing: str) -> Fraction:
        """Return the share of a guess: one over the number of choices."""
        return Fraction(1, len(question.choices))

    def faults(self, question: Question, answer: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a choice in a key."""
        return choice_faults(question, [answer])
