"""Seals of questions whose answer has parts that count one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.course.models import Key
from grader.questions.answers import is_blank
from grader.questions.choices import chosen, pairs_of
from grader.questions.forms import accepted_texts, normal_text, typed
from grader.questions.line_references import referenced_lines
from grader.questions.plain_yaml import same_key
from grader.questions.registry import kind_of
from grader.questions.seals.seal import NOT_ASKED, Fact, Seal, by_mistake, noted, shows, some_right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.course.models import Question
    from grader.questions.answers import Answer

BETWEEN = "="
"""The sign between an item and its choice, or a gap and its text; no id holds it."""


class MultipleSeal(Seal):
    """Some of several choices: a fact for each choice."""

    def facts(self, question: Question, key: Key, _listing: str) -> dict[str, Fact]:
        """Return whether each choice is right, and of a right one how many there are."""
        return _each(question, key, question.choices)

    def parts(
        self, question: Question, answer: Answer, _listing: str, _public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the choices."""
        return set(chosen(answer, question.choices)[0])

    def key(self, _question: Question, _answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of the right ones among the choices, and of as many more as there are."""
        right = [part for part, fact in found.items() if fact["right"]]
        unknown = (f"?{number}" for number in range(_count(found)))
        return Key(answer=some_right(_count(found), right, unknown), mistakes=_single(found, str))


class LinesSeal(Seal):
    """Lines of a listing: a fact for each line."""

    def facts(self, question: Question, key: Key, listing: str) -> dict[str, Fact]:
        """Return whether each line is right, and of a right one how many there are."""
        return _each(question, key, range(1, len(listing.splitlines()) + 1))

    def parts(
        self, _question: Question, answer: Answer, listing: str, _public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return every line that some part of the answer may denote."""
        lines = listing.splitlines()
        named = referenced_lines(answer, lines) or ()
        numbers = {number for one in named if isinstance(one, set) for number in one}
        return {str(number) for number in numbers if 1 <= number <= len(lines)}

    def key(self, _question: Question, _answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of the right ones among the lines, and of as many more as there are."""
        right = sorted(int(part) for part, fact in found.items() if fact["right"])
        unknown = range(NOT_ASKED, NOT_ASKED - _count(found), -1)
        answer = some_right(_count(found), right, unknown)
        return Key(answer=answer, mistakes=_single(found, int))


def _each(question: Question, key: Key, every: Iterable[Any]) -> dict[str, Fact]:
    """Return a fact for each of the things that can be named."""
    kind = kind_of(question.kind)
    right = key.answer if isinstance(key.answer, list) else [key.answer]
    facts: dict[str, Fact] = {}
    for one in every:
        fact = noted(facts, str(one))
        if one in right:
            fact |= {"right": True, "count": len(right)}
    for order, (id_, value) in enumerate(key.mistakes.items()):
        for wrong in kind.mistaken_answers(value):
            shows(noted(facts, str(wrong)), (order, id_))
    return facts


def _count(found: Mapping[str, Fact]) -> int:
    """Return how many are right; 1 where the answer has none, and so earns nothing."""
    return max((int(fact.get("count", 1)) for fact in found.values()), default=1)


def _single(found: Mapping[str, Fact], read: type[str | int]) -> dict[str, list[Any]]:
    return {id_: [read(part) for (part,) in ways] for id_, ways in by_mistake(found).items()}


class _PairsSeal(Seal):
    """Pairs: a fact for each pair that the key knows.

    Some mistakes show in several pairs together.
    """

    def key(self, question: Question, answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of the pairs that are right, and of the mistakes whose pairs are all there.

        A pair that is not right has an answer that nobody gives.
        """
        given = dict(self.given(question, answer))
        right = dict(given[part] for part, fact in found.items() if fact["right"])
        names = question.items or question.gaps
        whole = {
            id_: [dict(given[part] for part in parts) for parts in ways]
            for id_, ways in by_mistake(found).items()
        }
        answer = {name: right.get(name, self.nothing) for name in names}
        return Key(answer=answer, mistakes=whole)

    nothing: Any = ""

    def parts(
        self, question: Question, answer: Answer, _listing: str, _public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the pairs."""
        return dict(self.given(question, answer))

    def given(self, question: Question, answer: Answer) -> Iterator[tuple[str, tuple[str, Any]]]:
        """Yield each pair of an answer as a part, with what the key says in its place."""
        raise NotImplementedError

    @staticmethod
    def pieces(question: Question, name: str, value: Any) -> Iterable[str]:
        """Return the parts that a pair of the key stands for."""
        raise NotImplementedError

    def facts(self, question: Question, key: Key, _listing: str) -> dict[str, Fact]:
        """Return the right pairs, and those that show mistakes."""
        kind = kind_of(question.kind)
        facts: dict[str, Fact] = {}
        for name, value in key.answer.items():
            for part in self.pieces(question, name, value):
                noted(facts, part)["right"] = True
        for order, (id_, value) in enumerate(key.mistakes.items()):
            for place, wrong in enumerate(kind.mistaken_answers(value)):
                for name, one in wrong.items():
                    for part in self.pieces(question, name, one):
                        shows(noted(facts, part), (order, id_), place, len(wrong))
        return facts


class MatchingSeal(_PairsSeal):
    """Items with choices: a fact for each item with each choice."""

    def facts(self, question: Question, key: Key, listing: str) -> dict[str, Fact]:
        """Return the facts about each item with each choice."""
        facts = super().facts(question, key, listing)
        for item in question.items:
            for choice in question.choices:
                noted(facts, f"{item}{BETWEEN}{choice}")
        return facts

    @staticmethod
    def pieces(_question: Question, name: str, value: Any) -> Iterable[str]:
        """Return the pair."""
        return (f"{name}{BETWEEN}{value}",)

    def given(self, question: Question, answer: Answer) -> Iterator[tuple[str, tuple[str, Any]]]:
        """Yield each item with its choice, where it has one alone."""
        for item, value in (pairs_of(answer) or {}).items():
            name, known = same_key(item), set(chosen(value, question.choices)[0])
            if name in question.items and len(known) == 1:
                choice = known.pop()
                yield f"{name}{BETWEEN}{choice}", (name, choice)


class ClozeSeal(_PairsSeal):
    """Gaps with texts: a fact for each gap with each text that the key knows."""

    nothing: Any = []  # noqa: RUF012 - no text is one of these

    @staticmethod
    def pieces(question: Question, name: str, value: Any) -> Iterable[str]:
        """Return the gap with each text that is accepted for it."""
        texts = accepted_texts(value, question.compare, whole=False)
        return sorted(f"{name}{BETWEEN}{text}" for text in texts)

    def given(self, question: Question, answer: Answer) -> Iterator[tuple[str, tuple[str, Any]]]:
        """Yield each gap with its text."""
        alone = isinstance(answer, str) and len(question.gaps) == 1
        pairs = {question.gaps[0]: answer} if alone else pairs_of(answer) or {}
        for gap, node in pairs.items():
            name = same_key(gap)
            text = None if is_blank(node) else typed(node, question.compare)
            normal = None if text is None else normal_text(text, question.compare, whole=False)
            if name in question.gaps and normal is not None:
                yield f"{name}{BETWEEN}{normal}", (name, [text])
