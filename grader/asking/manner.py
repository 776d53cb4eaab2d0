"""The interface of a manner: how one kind of question is asked step by step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from grader.questions.answers import is_blank
from grader.questions.choices import pairs_of
from grader.questions.plain_yaml import same_key
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.asking.step import Step, Value
    from grader.course.models import Question
    from grader.course.phrases import Phrase
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.plain_yaml import Node
    from grader.questions.scored import Feedback


@dataclass(frozen=True)
class AskedQuestion:
    """A question, its texts in the reader's language, and the listing it is about."""

    question: Question
    shown: ShownQuestion
    listing: str = ""


class Manner(ABC):
    """How questions of one kind are asked; it knows nothing of right answers."""

    says_how: ClassVar[bool] = False
    """Whether the kind's own instruction fits a terminal as well as an answer file."""

    @abstractmethod
    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return the steps of a question, in order."""

    @abstractmethod
    def given(self, asked: AskedQuestion, step: Step, answer: Answer) -> Value:
        """Return the value at a step in an answer; empty if that cannot be used."""

    @abstractmethod
    def complaint(self, asked: AskedQuestion, step: Step, value: Value) -> Feedback | None:
        """Return why a value that is not empty cannot be scored, in the words of the grader.

        Nothing depends on the right answer.
        """

    def part_of(self, _step: Step, answer: Answer) -> Answer:
        """Return the part of an answer that belongs to a step: all, or that of an item or gap."""
        return answer

    def node(self, _step: Step, value: Value) -> Node:
        """Return a value as it is written into the answer file."""
        return value if isinstance(value, str) else [*value]

    def answer_with(self, _asked: AskedQuestion, step: Step, _answer: Answer, value: Value) -> Node:
        """Return the whole answer once a step has a value."""
        return self.node(step, value)

    def rules(self, question: Question) -> Iterator[Phrase]:
        """Yield the rules of scoring, and the instruction if it fits a terminal."""
        how, *more = kind_of(question.kind).rules(question)
        yield from [how, *more] if self.says_how else more


class InParts(Manner):
    """A manner that asks for each item or gap in turn."""

    def part_of(self, step: Step, answer: Answer) -> Answer:
        """Return the answer to the part of a step."""
        pairs = pairs_of(answer) or {}
        return next((node for key, node in pairs.items() if same_key(key) == step.part), None)

    def answer_with(self, asked: AskedQuestion, step: Step, answer: Answer, value: Value) -> Node:
        """Return the answers to all parts, in the order of the question."""
        pairs: dict[str, Node] = {}
        for each in self.steps(asked):
            if each.part == step.part:
                pairs[each.part] = self.node(step, value)
            else:
                kept = self.part_of(each, answer)
                pairs[each.part] = "" if kept is None or is_blank(kept) else kept
        return pairs
