"""Questions with several right choices."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.questions.choices import choice_faults, chosen, list_faults, option, unknown_choice
from grader.questions.kind import Kind
from grader.questions.scored import Scored, judged, penalised_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault


class Multiple(Kind):
    """A set of choices: max(0, (right - wrong) / number of right ones)."""

    how = msgid("Answer with the names of all that apply: [one, another].")
    credit = msgid("A wrong name takes away what a right one gives.")
    takes_choices = True

    def empty_answer(self, id_: str, _parts: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield an empty list."""
        yield f"{id_}: []"

    def score(self, question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score a set of choices: max(0, (right - wrong) / number of right ones)."""
        known, unknown = chosen(answer, question.choices)
        ticked, right = set(known), set(key.answer)
        mistakes = self.shown(key, lambda wrong: wrong in ticked - right)
        details = [unknown_choice(text, question) for text in unknown]
        return judged(
            penalised_share(ticked, right, len(unknown)),
            mistakes,
            details,
            right=len(ticked & right),
            total=len(ticked | right) + len(unknown),
        )

    def right_answer(
        self, shown: ShownQuestion, answer: Any, _listing: str, _t: Translator
    ) -> Iterator[str]:
        """Yield the right choices, in the order in which they are shown."""
        yield from (f"- {option(shown.choices, id_)}" for id_, _ in shown.choices if id_ in answer)

    def by_chance(self, question: Question, key: Key, _listing: str) -> Fraction:
        """Return the mean over all non-empty sets of choices."""
        right, wrong = len(key.answer), len(question.choices) - len(key.answer)
        earned = sum(
            max(0, found - slips) * comb(right, found) * comb(wrong, slips)
            for found in range(right + 1)
            for slips in range(wrong + 1)
        )
        return Fraction(earned, right * (2 ** (right + wrong) - 1))

    def share_for_choosing_all(self, question: Question, key: Key) -> Fraction:
        """Return the share for naming every choice."""
        return penalised_share(set(question.choices), set(key.answer))

    def faults(self, question: Question, answer: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's right choices."""
        return list_faults(question, answer)

    def mistake_faults(self, question: Question, wrong: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's wrong choice."""
        return choice_faults(question, [wrong])

    def mistaken(self, key: Key, wrong: Any) -> Any:
        """Return the right choices and a wrong one."""
        return [*key.answer, wrong]
