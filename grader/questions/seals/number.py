"""The seal of a number: the cell of a grid that contains it, never the number itself.

A right number is within the tolerance t of the answer a. Cells of width 2t, the first of which
begins at (a - t) modulo 2t, have exactly that interval as one of them. The kit holds t and where
the cells begin, and of the cell's number its seal alone. Without a tolerance the number itself is
what is sealed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from grader.course.models import Key
from grader.questions.answers import is_blank, text_of
from grader.questions.numbers import NumberError, read_number, to_fraction
from grader.questions.registry import kind_of
from grader.questions.seals.seal import Fact, Seal, by_mistake, noted, shows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.course.models import Question
    from grader.questions.answers import Answer

_FAR = 10
"""Times itself that a number is away from the answer of a key which does not know it."""


class NumericSeal(Seal):
    """A number: a fact for the cell of the answer, and for that of each known wrong one."""

    def public(self, question: Question, key: Key) -> dict[str, Any]:
        """Return the width of the cells, and where they begin for each number of the key."""
        width = 2 * to_fraction(key.tolerance or 0)
        begins = {_begin(value, width) for value, _ in _numbers(question, key)}
        return {"width": str(width), "begins": [str(begin) for begin in sorted(begins)]}

    def facts(self, question: Question, key: Key, _listing: str) -> dict[str, Fact]:
        """Return the facts about the cells of the key's numbers."""
        width = 2 * to_fraction(key.tolerance or 0)
        facts: dict[str, Fact] = {}
        for value, mistake in _numbers(question, key):
            begin = _begin(value, width)
            fact = noted(facts, _cell(begin, (value - width / 2 - begin) / (width or 1)))
            if mistake is None:
                fact["right"] = True
            else:
                shows(fact, mistake)
        return facts

    def parts(
        self, _question: Question, answer: Answer, _listing: str, public: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the cells that contain a number: two where it is the border of both."""
        number = _read(answer)
        width = Fraction(public["width"])
        if number is None:
            return
        for begin in map(Fraction, public["begins"]):
            place = (number - begin) / (width or 1)
            yield _cell(begin, place if not width else Fraction(place.__floor__()))
            if width and place.denominator == 1:
                yield _cell(begin, place - 1)

    def key(self, _question: Question, answer: Answer, found: Mapping[str, Fact]) -> Key:
        """Return a key of the number itself, or of one that is far from it."""
        number = _read(answer) or Fraction(0)
        far = str(number + _FAR * abs(number) + 1)
        right = any(fact["right"] for fact in found.values())
        mistakes = {id_: [str(number)] for id_ in by_mistake(found)}
        return Key(answer=str(number) if right else far, mistakes=mistakes)


def _numbers(question: Question, key: Key) -> Iterator[tuple[Fraction, tuple[int, str] | None]]:
    """Yield the answer of a key, and its known wrong ones, each with its order and id."""
    yield to_fraction(key.answer), None
    for order, (id_, value) in enumerate(key.mistakes.items()):
        for wrong in kind_of(question.kind).mistaken_answers(value):
            yield to_fraction(wrong), (order, id_)


def _begin(value: Fraction, width: Fraction) -> Fraction:
    return (value - width / 2) % width if width else Fraction(0)


def _cell(begin: Fraction, place: Fraction) -> str:
    return f"{begin}:{place}"


def _read(answer: Answer) -> Fraction | None:
    """Return the number of an answer, None if it is none or several."""
    if isinstance(answer, list) and sum(not is_blank(part) for part in answer) > 1:
        return None
    try:
        return read_number(text_of(answer))
    except NumberError:
        return None
