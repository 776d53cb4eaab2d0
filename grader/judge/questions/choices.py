"""Questions whose answers are choices: single, multiple, matching, ordering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.judge.questions.answers import Answer, is_blank, text_of
from grader.judge.questions.keyed import shown_mistakes
from grader.judge.questions.plain_yaml import Node, same_key
from grader.judge.questions.scored import RIGHT, Feedback, Scored, balance, judged, refused
from grader.judge.unreadable import quoted

if TYPE_CHECKING:
    from grader.course.models import Key, Question

_BETWEEN = re.compile(r"->|[,;>→\n]")


def score_single(question: Question, key: Key, answer: Answer) -> Scored:
    """Score one choice: right or not."""
    known, unknown = _chosen(answer, question.choices)
    if unknown:
        return Scored(Fraction(0), (_unknown_choice(unknown[0], question),))
    if len(set(known)) > 1:
        return refused("quiz.choices_many")
    if known[0] == key.answer:
        return RIGHT
    mistakes = shown_mistakes("single", key, lambda wrong: known[0] == wrong)
    return judged(Fraction(0), mistakes[:1])


def score_multiple(question: Question, key: Key, answer: Answer) -> Scored:
    """Score a set of choices: max(0, (right - wrong) / number of right ones)."""
    known, unknown = _chosen(answer, question.choices)
    chosen, right = set(known), set(key.answer)
    mistakes = shown_mistakes("multiple", key, lambda wrong: wrong in chosen - right)
    details = [_unknown_choice(text, question) for text in unknown]
    return judged(
        balance(chosen, right, len(unknown)),
        mistakes,
        details,
        right=len(chosen & right),
        total=len(chosen | right) + len(unknown),
    )


def score_matching(question: Question, key: Key, answer: Answer) -> Scored:
    """Score pairs item -> choice: the share of items that are right."""
    pairs = _pairs(answer)
    if pairs is None:
        return refused("quiz.not_mapping")
    if all(map(is_blank, pairs.values())):
        return refused("quiz.unanswered")
    chosen: dict[str, str] = {}
    details: list[Feedback] = [
        ("quiz.item_unknown", {"item": quoted(item)})
        for item in pairs
        if same_key(item) not in question.items
    ]
    given = {same_key(item): value for item, value in pairs.items()}
    for item in question.items:
        value = given.get(item)
        if is_blank(value):
            details.append(("quiz.item_unanswered", {"item": item}))
            continue
        known, unknown = _chosen(value, question.choices)
        if unknown:
            details.append(_unknown_choice(unknown[0], question))
        elif len(set(known)) > 1:
            details.append(("quiz.choices_many", {}))
        else:
            chosen[item] = known[0]
    right = sum(chosen.get(item) == key.answer[item] for item in question.items)
    mistakes = shown_mistakes("matching", key, lambda wrong: wrong.items() <= chosen.items())
    total = len(question.items)
    return judged(Fraction(right, total), mistakes, details, right=right, total=total)


def score_ordering(question: Question, key: Key, answer: Answer) -> Scored:
    """Score a sequence: all points, or half of them for one swap of neighbours."""
    if isinstance(answer, dict):
        return refused("quiz.not_list")
    order, unknown = _chosen(answer, question.choices)
    if unknown:
        return Scored(Fraction(0), (_unknown_choice(unknown[0], question),))
    if sorted(order) != sorted(question.choices):
        return refused("quiz.order_incomplete")
    right = list(key.answer)
    mistakes = shown_mistakes("ordering", key, lambda wrong: order == wrong)
    if order == right:
        return RIGHT
    if _is_one_swap(order, right):
        return judged(Fraction(1, 2), mistakes[:1], [("quiz.order_swapped", {})])
    return judged(Fraction(0), mistakes[:1])


def _is_one_swap(order: list[str], right: list[str]) -> bool:
    return any(
        order == [*right[:at], right[at + 1], right[at], *right[at + 2 :]]
        for at in range(len(right) - 1)
    )


def _chosen(answer: Answer, choices: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the choices that an answer names, in its order, and the texts that name none."""
    if isinstance(answer, list):
        each = [_chosen(item, choices) for item in answer]
        return (
            [choice for known, _ in each for choice in known],
            [text for _, unknown in each for text in unknown],
        )
    if is_blank(answer):
        return [], []
    if not isinstance(answer, str):
        return [], [text_of(answer)]
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


def _pairs(answer: Answer) -> dict[str, Node] | None:
    """Return the pairs of a mapping, or of a list of single pairs, that names no item twice."""
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


def _unknown_choice(text: str, question: Question) -> Feedback:
    return "quiz.choice_unknown", {"text": quoted(text), "choices": ", ".join(question.choices)}
