"""What a seal does for one kind of question."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.course.models import Key, Question
    from grader.questions.answers import Answer

Fact = dict[str, Any]
"""What a key says of one part of an answer: whether it is right, which mistakes it shows."""
NOT_ASKED = -1
"""A line that no listing has."""


class Seal(ABC):
    """How the key of one kind of question is put into facts, and a key is made of those found.

    Such a key scores the answer that has found the facts exactly as the whole key does.
    """

    def public(self, _question: Question, _key: Key) -> dict[str, Any]:
        """Return the data for putting an answer into parts; everybody can read them."""
        return {}

    @abstractmethod
    def facts(self, question: Question, key: Key, listing: str) -> dict[str, Fact]:
        """Return the facts of a key, by the part of an answer of which each is true."""

    @abstractmethod
    def parts(
        self, question: Question, answer: Answer, listing: str, public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the parts of an answer that is not blank."""

    @abstractmethod
    def key(self, question: Question, answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return the key that the facts make which the parts of an answer have found."""


def noted(facts: dict[str, Fact], part: str) -> Fact:
    """Return the fact about a part, which may be new."""
    return facts.setdefault(part, {"right": False, "mistakes": []})


def some_right(count: int, right: list[Any], unknown: Iterable[Any]) -> list[Any]:
    """Return the right ones of an answer, and placeholders for those that it lacks."""
    return [*right, *unknown][: max(count, 1)]


def shows(fact: Fact, mistake: tuple[int, str], place: int = 0, size: int = 1) -> None:
    """Note that a part shows a mistake: its order in the key, and its id.

    ``place``: which of the wrong answers that show it; ``size``: how many parts that one has.
    """
    fact["mistakes"].append([*mistake, place, size])


def by_mistake(found: Mapping[str, Fact]) -> dict[str, list[list[str]]]:
    """Return for each mistake, in the key's order, the wrong answers that show it, as their parts.

    Those of which a part is not found are left out.
    """
    together: dict[tuple[int, str, int, int], list[str]] = {}
    for part, fact in found.items():
        for order, id_, place, size in fact["mistakes"]:
            together.setdefault((order, id_, place, size), []).append(part)
    result: dict[str, list[list[str]]] = {}
    for (_, id_, _, size), parts in sorted(together.items()):
        ways = [[part] for part in parts] if size == 1 else [parts] * (len(parts) == size)
        result.setdefault(id_, []).extend(ways)
    return {id_: ways for id_, ways in result.items() if ways}
