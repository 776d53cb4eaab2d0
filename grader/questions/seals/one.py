"""Seals of questions whose answer is one thing: a choice, a text, an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.course.models import Key
from grader.questions.choices import chosen
from grader.questions.forms import accepted_texts, normal_text, typed
from grader.questions.registry import kind_of
from grader.questions.seals.seal import Fact, Seal, by_mistake, noted, shows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.course.models import Question
    from grader.questions.answers import Answer

NOTHING: list[Any] = []
"""An answer that nobody can give: no text and no order is one of these."""


def _mistakes(question: Question, key: Key) -> Iterable[tuple[int, str, Any]]:
    """Yield the wrong answers of a key: the order of the mistake, its id, the answer."""
    kind = kind_of(question.kind)
    for order, (id_, value) in enumerate(key.mistakes.items()):
        for wrong in kind.mistaken_answers(value):
            yield order, id_, wrong


class SingleSeal(Seal):
    """One choice: a fact for each choice."""

    def facts(self, question: Question, key: Key, _listing: str) -> dict[str, Fact]:
        """Return whether each choice is right, and which mistakes it shows."""
        facts: dict[str, Fact] = {}
        for choice in question.choices:
            noted(facts, choice)["right"] = choice == key.answer
        for order, id_, wrong in _mistakes(question, key):
            shows(noted(facts, wrong), (order, id_))
        return facts

    def parts(
        self, question: Question, answer: Answer, _listing: str, _public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the choice, where there is one alone."""
        known = set(chosen(answer, question.choices)[0])
        return known if len(known) == 1 else ()

    def key(self, _question: Question, _answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of one choice."""
        right = [part for part, fact in found.items() if fact["right"]]
        mistakes = {id_: [part for (part,) in ways] for id_, ways in by_mistake(found).items()}
        return Key(answer=right[0] if right else "", mistakes=mistakes)


class ShortTextSeal(Seal):
    """A text: a fact for the normal form of each text that the key knows."""

    def facts(self, question: Question, key: Key, _listing: str) -> dict[str, Fact]:
        """Return the texts that are accepted, and those that show mistakes."""
        facts: dict[str, Fact] = {}
        for text in accepted_texts(key.answer, question.compare, whole=True):
            noted(facts, text)["right"] = True
        for order, id_, wrong in _mistakes(question, key):
            for text in accepted_texts(wrong, question.compare, whole=True):
                shows(noted(facts, text), (order, id_))
        return facts

    def parts(
        self, question: Question, answer: Answer, _listing: str, _public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the normal form of the text."""
        text = typed(answer, question.compare)
        normal = None if text is None else normal_text(text, question.compare, whole=True)
        return () if normal is None else (normal,)

    def key(self, question: Question, answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of the text itself, where it is known."""
        text = typed(answer, question.compare)
        right = any(fact["right"] for fact in found.values())
        mistakes = {id_: [text] for id_ in by_mistake(found)}
        return Key(answer=[text] if right else NOTHING, mistakes=mistakes)


class OrderingSeal(Seal):
    """An order: a fact for the right one, each swap of neighbours, and each order with a name."""

    def facts(self, question: Question, key: Key, _listing: str) -> dict[str, Fact]:
        """Return the orders that score, or show a mistake."""
        facts: dict[str, Fact] = {}
        right = list(key.answer)
        noted(facts, _order(right))["right"] = True
        for at in range(len(right) - 1):
            swapped = [*right[:at], right[at + 1], right[at], *right[at + 2 :]]
            noted(facts, _order(swapped))["swapped"] = at
        for order, id_, wrong in _mistakes(question, key):
            shows(noted(facts, _order(wrong)), (order, id_))
        return facts

    def parts(
        self, question: Question, answer: Answer, _listing: str, _public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the whole order."""
        return (_order(chosen(answer, question.choices)[0]),)

    def key(self, question: Question, answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of the order itself, or of the one with two neighbours swapped back."""
        order = chosen(answer, question.choices)[0]
        mistakes = {id_: [order] for id_ in by_mistake(found)}
        fact = next(iter(found.values()), {"right": False})
        right: list[str] = order if fact["right"] else NOTHING
        at = fact.get("swapped")
        if isinstance(at, int) and 0 <= at < len(order) - 1:
            right = [*order[:at], order[at + 1], order[at], *order[at + 2 :]]
        return Key(answer=right, mistakes=mistakes)


def _order(choices: list[str]) -> str:
    return ">".join(choices)
