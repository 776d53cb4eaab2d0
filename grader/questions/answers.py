"""The answer file of a quiz or lines exercise: one entry a question."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError, quote_for_message
from grader.questions import plain_yaml
from grader.questions.invisible import is_invisible
from grader.questions.mending import mended
from grader.questions.plain_yaml import Node, same_key

if TYPE_CHECKING:
    from grader.course.models import Question
    from grader.questions.plain_yaml import Again

Answer = Node | None

# Characters of a name in the file: no id is longer, and finding a similar one is quadratic.
_KEY_LIMIT = 100  # no id is longer, and to look for what is close takes its time


@dataclass(frozen=True)
class Answers:
    """The student's answers, by the names of questions as the student spelt them.

    ``twice`` holds, by question, duplicate answers: the name, and the line of the second;
    ``damaged`` why an answer cannot be read as written; it is given all the same, without its
    control characters. ``before``: why text before the first answer cannot be read.
    """

    given: dict[str, Node]
    twice: dict[str, tuple[str, int]] = field(default_factory=dict)
    damaged: dict[str, UnreadableSubmissionError] = field(default_factory=dict)
    before: UnreadableSubmissionError | None = None

    def get(self, question: str) -> Answer:
        """Return the answer to a question, None if there is none."""
        return next((node for key, node in self.given.items() if same_key(key) == question), None)


def read_answers(text: str, filename: str, asked: Collection[str] = ()) -> Answers:
    """Read the text of an answer file for the questions ``asked``, by id.

    Raises:
        UnreadableSubmissionError: the only exception, whatever the text is.

    """
    try:
        return _answers(*plain_yaml.load_mapping(text, filename))
    except UnreadableSubmissionError as error:
        broken = error
    readable = mended(text, filename, asked)
    if readable is None:
        raise broken
    try:
        answers = _answers(*plain_yaml.load_mapping(readable.text, filename))
    except UnreadableSubmissionError:
        raise broken from None
    damaged = {same_key(name): error for name, error in readable.damaged.items()}
    return replace(answers, damaged=damaged, before=readable.before)


def _answers(given: dict[str, Node], again: Iterable[Again]) -> Answers:
    """Return answers; of two to one question the one that is not blank, unless they differ."""
    twice: dict[str, tuple[str, int]] = {}
    for other in again:
        earlier = other.mapping[other.first]
        if is_blank(earlier):
            other.mapping[other.first] = other.node
        elif not is_blank(other.node) and other.node != earlier:
            twice.setdefault(other.root, (quote_for_message(other.key), other.line))
    return Answers(given, twice)


def unknown_questions(
    answers: Answers, questions: Iterable[Question]
) -> list[tuple[str, str | None]]:
    """Return the names in the file that are no question of the exercise, as written.

    Each has the unanswered question that is probably meant, or None.
    """
    known = [question.id for question in questions]
    open_ = [name for name in known if is_blank(answers.get(name))]
    found: list[tuple[str, str | None]] = []
    for key in answers.given:
        if same_key(key) not in known:
            near = difflib.get_close_matches(same_key(key)[:_KEY_LIMIT], open_, n=1)
            found.append((quote_for_message(key), near[0] if near else None))
    return found


def is_blank(answer: Answer) -> bool:
    """Return True if an answer is empty: an invisible text, or a list of these.

    A mapping without values is not blank: ``for i in x:`` is one to YAML, and an answer.
    """
    if isinstance(answer, list):
        return all(map(is_blank, answer))
    return is_invisible(answer) if isinstance(answer, str) else not answer


def text_of(answer: Answer) -> str:
    """Return an answer of any type as one text, for a message."""
    if isinstance(answer, dict):
        return ", ".join(f"{key}: {text_of(value)}".strip() for key, value in answer.items())
    if isinstance(answer, list):
        return ", ".join(map(text_of, answer))
    return answer or ""
