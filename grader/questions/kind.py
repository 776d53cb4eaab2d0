"""The interface of a question kind, with the behaviour that most of them share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from grader.course.languages import msgid
from grader.course.phrases import Phrase
from grader.course.pydantic_errors import reject_value
from grader.questions.forms import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grader.course.languages import Translator
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.scored import Scored
    from grader.report.models import Scalar

    Fault = tuple[str, dict[str, Scalar]]

QuestionKind = Literal[
    "single",
    "multiple",
    "matching",
    "ordering",
    "numeric",
    "lines",
    "cloze",
    "short_text",
    "free_text",
]


def mapped(id_: str, parts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each part, below its comment; the answer goes behind the colon."""
    yield f"{id_}:"
    for part, comment in parts:
        yield from (f"  {line}" for line in comment.split("\n"))
        yield f"  {part}:"


class Kind(ABC):
    """One kind of question: its structure, instructions, faults of keys, and score."""

    how: ClassVar[str]
    """How a student answers, as an English msgid."""
    credit: ClassVar[str] = ""
    """The credit for a partly right answer, as an English msgid; empty if there is none."""
    takes_choices: ClassVar[bool] = False
    takes_items: ClassVar[bool] = False
    takes_listing: ClassVar[bool] = False
    takes_tolerance: ClassVar[bool] = False
    takes_gaps: ClassVar[bool] = False
    takes_key_points: ClassVar[bool] = False
    takes_max_lines: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    """Whether it compares typed texts."""
    orders: ClassVar[bool] = False
    """Whether the order of the choices in exercise.yaml is the answer."""

    def __init__(self, name: QuestionKind) -> None:
        self.name = name

    def require_structure(self, question: Question) -> None:
        """Check that a question has the fields that its kind needs, and no others.

        Raises:
            ValueError: as pydantic expects it.

        """
        if self.takes_choices and len(question.choices) <= 1:
            reject_value(msgid("a {{kind}} question needs at least two choices"), kind=self.name)
        if question.choices and not self.takes_choices:
            reject_value(msgid("a {{kind}} question has no choices"), kind=self.name)
        if self.takes_items != bool(question.items):
            reject_value(
                msgid("items belong to a matching question, and a matching question needs them")
            )
        if self.takes_listing != (question.listing is not None):
            reject_value(
                msgid("listing belongs to a lines question, and a lines question needs it")
            )
        if self.takes_gaps != bool(question.gaps):
            reject_value(msgid("gaps belong to a cloze question, and a cloze question needs them"))
        if "compare" in question.model_fields_set and not self.compares:
            reject_value(msgid("a {{kind}} question compares no texts"), kind=self.name)
        if question.max_lines is not None and not self.takes_max_lines:
            reject_value(msgid("max_lines belongs to a free_text question"))

    def rules(self, question: Question) -> Iterator[Phrase]:
        """Yield how to answer, which texts count as equal and the credit for a part."""
        yield Phrase(self.how)
        if self.compares:
            yield Phrase(RULES[question.compare])
        if self.credit:
            yield Phrase(self.credit)

    def empty_answer(self, id_: str, _parts: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield the lines to fill in; ``_parts``: items or gaps, with comments."""
        yield f"{id_}:"

    @abstractmethod
    def score(self, question: Question, key: Key, answer: Answer, listing: str) -> Scored:
        """Score an answer that is not blank, under a key without faults."""

    @abstractmethod
    def faults(self, question: Question, answer: Any, listing: str) -> Iterator[Fault]:
        """Yield the faults of an answer in a key."""

    @abstractmethod
    def right_answer(
        self, shown: ShownQuestion, answer: Any, listing: str, t: Translator
    ) -> Iterator[str]:
        """Yield the answer of a key without faults in words, as items of a Markdown list."""

    def by_chance(self, _question: Question, _key: Key, _listing: str) -> Fraction:
        """Return the mean share for a guess, with all answers equally likely."""
        return Fraction(0)

    def share_for_choosing_all(self, _question: Question, _key: Key) -> Fraction:
        """Return the share for choosing everything."""
        return Fraction(0)

    def mistake_faults(self, question: Question, wrong: Any, listing: str) -> Iterator[Fault]:
        """Yield the faults of an answer that shows a mistake."""
        return self.faults(question, wrong, listing)

    def mistaken_answers(self, mistake: Any) -> list[Any]:
        """Return the answers that show a mistake, each of which suffices.

        A choice, number, line or mapping is one answer, a list of them several.
        """
        return mistake if isinstance(mistake, list) else [mistake]

    def right(self, key: Key) -> list[Any]:
        """Return right answers, the simplest one first."""
        return [key.answer]

    def untranslated(self, _answer: Any, _languages: Iterable[str]) -> Iterator[Fault]:
        """Yield the faults of an answer in a key that lacks a language."""
        yield from ()

    def mistaken(self, _key: Key, wrong: Any) -> Any:
        """Return the right answer with one mistake in it."""
        return wrong

    def shown(self, key: Key, shows: Callable[[Any], bool]) -> list[str]:
        """Return the mistakes of a key, in order, for which ``shows`` accepts some answer."""
        return [
            mistake
            for mistake, value in key.mistakes.items()
            if any(map(shows, self.mistaken_answers(value)))
        ]
