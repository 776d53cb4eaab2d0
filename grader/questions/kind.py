"""What every kind of question does, and what most of them do alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from grader.course.findings import refuse
from grader.course.languages import msgid
from grader.course.phrases import Phrase
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
    """Yield a line for each part, below its comment: the answer comes after the colon."""
    yield f"{id_}:"
    for part, comment in parts:
        yield from (f"  {line}" for line in comment.split("\n"))
        yield f"  {part}:"


class Kind(ABC):
    """One kind of question: its structure, how it is asked, what its key may be, its score."""

    how: ClassVar[str]
    """How a student answers, as an English msgid."""
    credit: ClassVar[str] = ""
    """What a partly right answer earns, as an English msgid; empty where it earns nothing."""
    takes_choices: ClassVar[bool] = False
    takes_items: ClassVar[bool] = False
    takes_listing: ClassVar[bool] = False
    takes_tolerance: ClassVar[bool] = False
    takes_gaps: ClassVar[bool] = False
    takes_key_points: ClassVar[bool] = False
    takes_max_lines: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    """Whether it compares texts that are typed."""
    orders: ClassVar[bool] = False
    """Whether the order of the choices in exercise.yaml is the answer."""

    def __init__(self, name: QuestionKind) -> None:
        self.name = name

    def require_structure(self, question: Question) -> None:
        """Raise, as pydantic expects it, unless a question has what its kind needs, and no more."""
        if self.takes_choices and len(question.choices) <= 1:
            refuse(msgid("a {{kind}} question needs at least two choices"), kind=self.name)
        if question.choices and not self.takes_choices:
            refuse(msgid("a {{kind}} question has no choices"), kind=self.name)
        if self.takes_items != bool(question.items):
            refuse(msgid("items belong to a matching question, and a matching question needs them"))
        if self.takes_listing != (question.listing is not None):
            refuse(msgid("listing belongs to a lines question, and a lines question needs it"))
        if self.takes_gaps != bool(question.gaps):
            refuse(msgid("gaps belong to a cloze question, and a cloze question needs them"))
        if "compare" in question.model_fields_set and not self.compares:
            refuse(msgid("a {{kind}} question compares no texts"), kind=self.name)
        if question.max_lines is not None and not self.takes_max_lines:
            refuse(msgid("max_lines belongs to a free_text question"))

    def rules(self, question: Question) -> Iterator[Phrase]:
        """Yield how to answer, what counts alike and what a part earns."""
        yield Phrase(self.how)
        if self.compares:
            yield Phrase(RULES[question.compare])
        if self.credit:
            yield Phrase(self.credit)

    def empty_answer(self, id_: str, _parts: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield the lines in which a student writes; ``_parts``: items or gaps, with comments."""
        yield f"{id_}:"

    @abstractmethod
    def score(self, question: Question, key: Key, answer: Answer, listing: str) -> Scored:
        """Score an answer that is not blank, under a key without faults."""

    @abstractmethod
    def faults(self, question: Question, answer: Any, listing: str) -> Iterator[Fault]:
        """Yield what is wrong with a whole answer of a key."""

    @abstractmethod
    def right_answer(
        self, shown: ShownQuestion, answer: Any, listing: str, t: Translator
    ) -> Iterator[str]:
        """Yield the answer of a key without faults in words, as items of a Markdown list."""

    def by_chance(self, _question: Question, _key: Key, _listing: str) -> Fraction:
        """Return the share that a guess earns on average, every answer being equally likely."""
        return Fraction(0)

    def by_everything(self, _question: Question, _key: Key) -> Fraction:
        """Return the share of who chooses all there is."""
        return Fraction(0)

    def mistake_faults(self, question: Question, wrong: Any, listing: str) -> Iterator[Fault]:
        """Yield what is wrong with an answer that shows a mistake."""
        return self.faults(question, wrong, listing)

    def alternatives(self, mistake: Any) -> list[Any]:
        """Return the answers that show a mistake, each of which is enough.

        A choice, number, line or mapping stands for itself, a list of them for any of them.
        """
        return mistake if isinstance(mistake, list) else [mistake]

    def right(self, key: Key) -> list[Any]:
        """Return right answers, the first of them the plainest."""
        return [key.answer]

    def untranslated(self, _answer: Any, _languages: Iterable[str]) -> Iterator[Fault]:
        """Yield what is missing for a language in an answer of a key without faults."""
        yield from ()

    def mistaken(self, _key: Key, wrong: Any) -> Any:
        """Return the right answer with one mistake in it."""
        return wrong

    def shown(self, key: Key, shows: Callable[[Any], bool]) -> list[str]:
        """Return the mistakes of a key, in its order, one of whose answers ``shows`` accepts."""
        return [
            mistake
            for mistake, value in key.mistakes.items()
            if any(map(shows, self.alternatives(value)))
        ]
