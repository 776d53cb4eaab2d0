"""Questions about the order of steps."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.questions.choices import chosen, list_faults, option, unknown_choice
from grader.questions.kind import Kind
from grader.questions.scored import RIGHT, Scored, judged, zero_with_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.kind import Fault


class Ordering(Kind):
    """A sequence: all points, or half of them for one swap of neighbours."""

    how = msgid("Answer with all names in the right order: [first, second, third].")
    credit = msgid("Where only two neighbours are swapped, it is half right.")
    takes_choices = True
    orders = True

    def empty_answer(self, id_: str, _parts: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield an empty list."""
        yield f"{id_}: []"

    def score(self, question: Question, key: Key, answer: Answer, _listing: str) -> Scored:
        """Score a sequence: all points, or half of them for one swap of neighbours."""
        if isinstance(answer, dict):
            return zero_with_message("quiz.not_list")
        order, unknown = chosen(answer, question.choices)
        if unknown:
            return Scored(Fraction(0), (unknown_choice(unknown[0], question),))
        if sorted(order) != sorted(question.choices):
            return zero_with_message("quiz.order_incomplete")
        right = list(key.answer)
        mistakes = self.shown(key, lambda wrong: order == wrong)
        if order == right:
            return RIGHT
        if _is_one_swap(order, right):
            return judged(Fraction(1, 2), mistakes[:1], [("quiz.order_swapped", {})])
        return judged(Fraction(0), mistakes[:1])

    def right_answer(
        self, shown: ShownQuestion, answer: Any, _listing: str, _t: Translator
    ) -> Iterator[str]:
        """Yield the choices in the right order."""
        yield from (f"{place}. {option(shown.choices, id_)}" for place, id_ in enumerate(answer, 1))

    def by_chance(self, question: Question, _key: Key, _listing: str) -> Fraction:
        """Return the mean over all orders: one is right, and each swap of neighbours earns half."""
        steps = len(question.choices)
        return (1 + Fraction(steps - 1, 2)) / factorial(steps)

    def faults(self, question: Question, answer: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's right order."""
        found = list(self._faults(question, answer))
        yield from found
        # The course shows the choices in any order but that of exercise.yaml.
        if not found and answer != [*question.choices]:
            problem = msgid("exercise.yaml must list the choices in the right order: {{order}}")
            yield problem, {"order": ", ".join(answer)}

    def mistake_faults(self, question: Question, wrong: Any, _listing: str) -> Iterator[Fault]:
        """Yield the faults of a key's wrong order."""
        return self._faults(question, wrong)

    def _faults(self, question: Question, answer: Any) -> Iterator[Fault]:
        yield from list_faults(question, answer)
        whole = isinstance(answer, list) and len(answer) == len(question.choices)
        if answer and isinstance(answer, list) and not whole:
            yield msgid("the answer must hold every choice once, in the right order"), {}

    def mistaken_answers(self, mistake: Any) -> list[Any]:
        """Return the orders that show a mistake: a list of choices is one, of lists several."""
        several = isinstance(mistake, list) and all(isinstance(item, list) for item in mistake)
        return mistake if several else [mistake]


def _is_one_swap(order: list[str], right: list[str]) -> bool:
    return any(
        order == [*right[:at], right[at + 1], right[at], *right[at + 2 :]]
        for at in range(len(right) - 1)
    )
