"""Questions that give each item its choice."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.unreadable import quote_for_message
from grader.questions.answers import is_blank
from grader.questions.choices import choice_faults, chosen, option, pairs_of, unknown_choice
from grader.questions.kind import Kind, mapped
from grader.questions.plain_yaml import same_key
from grader.questions.scored import UNANSWERED, Scored, judged, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault
    from grader.questions.scored import Feedback


class Matching(Kind):
    """Pairs item -> choice: the share of items that are right."""

    how = msgid("Answer each line with the name of what belongs to it.")
    credit = msgid("Each line counts for its part.")
    takes_choices = True
    takes_items = True

    def empty_answer(self, id_: str, parts: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield a line for each item, below its text."""
        return mapped(id_, parts)

    def score(self, question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score pairs item -> choice: the share of items that are right."""
        pairs = pairs_of(answer)
        if pairs is None:
            return zero_with_message("quiz.not_mapping")
        if all(map(is_blank, pairs.values())):
            return UNANSWERED
        matched: dict[str, str] = {}
        details: list[Feedback] = [
            ("quiz.item_unknown", {"item": quote_for_message(item)})
            for item in pairs
            if same_key(item) not in question.items
        ]
        given = {same_key(item): value for item, value in pairs.items()}
        for item in question.items:
            value = given.get(item)
            if is_blank(value):
                details.append(("quiz.item_unanswered", {"item": item}))
                continue
            known, unknown = chosen(value, question.choices)
            if unknown:
                details.append(unknown_choice(unknown[0], question))
            elif len(set(known)) > 1:
                details.append(("quiz.choices_many", {}))
            else:
                matched[item] = known[0]
        right = sum(matched.get(item) == key.answer[item] for item in question.items)
        mistakes = self.shown(key, lambda wrong: wrong.items() <= matched.items())
        total = len(question.items)
        return judged(Fraction(right, total), mistakes, details, right=right, total=total)

    def right_answer(
        self, shown: ShownQuestion, answer: Any, _listing: str, _t: Translator
    ) -> Iterator[str]:
        """Yield each item with its choice."""
        for id_, _ in shown.items:
            yield f"- {option(shown.items, id_)} → {option(shown.choices, answer[id_])}"

    def by_chance(self, question: Question, _key: Key, _listing: str) -> Fraction:
        """Return the share of a guess: one over the number of choices."""
        return Fraction(1, len(question.choices))

    def faults(self, question: Question, answer: Any, listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's right pairs."""
        yield from self.mistake_faults(question, answer, listing)
        for item in question.items if isinstance(answer, dict) else ():
            if item not in answer:
                yield msgid("the item {{item}} has no choice"), {"item": item}

    def mistake_faults(self, question: Question, wrong: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of some pairs of a key."""
        if not isinstance(wrong, dict) or not wrong:
            yield msgid("the answer must map items to choices"), {}
            return
        for item in wrong:
            if item not in question.items:
                yield msgid("{{item}} is not an item of this question"), {"item": str(item)}
        yield from choice_faults(question, wrong.values())

    def mistaken(self, key: Key, wrong: Any) -> Any:
        """Return the right pairs with the wrong ones in place."""
        return key.answer | wrong
