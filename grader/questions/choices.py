"""Choices and pairs in an answer, and faults of a key that names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.unreadable import quote_for_message
from grader.questions.answers import Answer, is_blank, text_of
from grader.questions.invisible import visible
from grader.questions.plain_yaml import Node, same_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.course.models import Question
    from grader.questions.kind import Fault
    from grader.questions.scored import Feedback

_BETWEEN = re.compile(r"->|[,;>→\n]")


def chosen(answer: Answer, choices: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the choices that an answer names, in its order, and the texts that name none."""
    if isinstance(answer, list):
        each = [chosen(item, choices) for item in answer]
        return (
            [choice for known, _ in each for choice in known],
            [text for _, unknown in each for text in unknown],
        )
    if is_blank(answer):
        return [], []
    if not isinstance(answer, str):
        return [], [text_of(answer)]
    answer = visible(answer)
    if same_key(answer) in choices:
        return [same_key(answer)], []
    parts = [part.strip() for part in _BETWEEN.split(answer) if part.strip()]
    words = answer.split()
    if len(parts) == 1 and all(same_key(word) in choices for word in words):
        parts = words
    if not parts:
        return [], [answer]
    known = [same_key(part) for part in parts if same_key(part) in choices]
    return known, [part for part in parts if same_key(part) not in choices]


def pairs_of(answer: Answer) -> dict[str, Node] | None:
    """Return the pairs of a mapping, or of a list of single pairs; None if an item occurs twice."""
    if isinstance(answer, dict):
        return answer
    if not isinstance(answer, list):
        return None
    pairs: dict[str, Node] = {}
    for part in answer:
        if not isinstance(part, dict) or {*map(same_key, part)} & {*map(same_key, pairs)}:
            return None
        pairs |= part
    return pairs


def unknown_choice(text: str, question: Question) -> Feedback:
    """Return the feedback for a text that names no choice, listing the choices alphabetically."""
    names = sorted(question.choices)
    if question.kind == "ordering" and names == [*question.choices]:
        names.reverse()  # alphabetical order would be the answer
    return "quiz.choice_unknown", {"text": quote_for_message(text), "choices": ", ".join(names)}


def choice_faults(question: Question, choices: Iterable[Any]) -> Iterator[Fault]:
    """Yield the names in a key that are no choice."""
    for choice in choices:
        if choice not in question.choices:
            yield (
                msgid("{{choice}} is not a choice of this question; choose from {{choices}}"),
                {"choice": str(choice), "choices": ", ".join(question.choices)},
            )


def list_faults(question: Question, answer: Any) -> Iterator[Fault]:
    """Yield the faults of a list of choices."""
    if not isinstance(answer, list) or not answer:
        yield msgid("the answer must be a list of choices"), {}
        return
    yield from choice_faults(question, answer)
    if len(set(map(str, answer))) != len(answer):
        yield msgid("a choice stands twice in the answer"), {}


def option(texts: Iterable[tuple[str, str]], id_: str) -> str:
    """Return the line for a choice or an item: its name, and its text."""
    return f"`{id_}` {dict(texts)[id_]}"
