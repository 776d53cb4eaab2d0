"""Orders of steps as numbers that are typed: digits are on the keyboards of all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.export.html import line_as_html
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.export.content import QuestionContent

_BETWEEN = (" ", ",", ", ", "-", " - ", ";", "; ", ">", " > ")
_DIGITS = 9  # more steps have numbers of two digits, which need something between them


def steps_as_html(content: QuestionContent) -> str:
    """Return the steps as a numbered list in the order in which they are shown, and how to answer.

    The example is the order backwards, or another one where that is right.
    """
    items = "".join(f"<li>{line_as_html(text)}</li>" for _, text in content.shown.choices)
    numbers = range(1, len(content.shown.choices) + 1)
    example = [*reversed(numbers)]
    if example == _numbers(content, content.key.answer):
        example = [*numbers]
    how = content.exercise.t(
        "Answer with the numbers of the steps in the right order, for instance {{example}}.",
        example=", ".join(map(str, example)),
    )
    return f"<ol>{items}</ol><p>{how}</p>"


def orders(content: QuestionContent) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield each order that is not simply wrong, the right one first, and how it may be typed."""
    right = list(content.key.answer)
    wrong = (
        order
        for mistake in content.key.mistakes.values()
        for order in kind_of("ordering").mistaken_answers(mistake)
    )
    swapped = (
        [*right[:at], right[at + 1], right[at], *right[at + 2 :]] for at in range(len(right) - 1)
    )
    for order in dict.fromkeys(map(tuple, [right, *wrong, *swapped])):
        yield order, typed(_numbers(content, order))


def typed(numbers: Sequence[int]) -> list[str]:
    """Return the ways in which people type a row of numbers."""
    joined = ["".join(map(str, numbers))] if len(numbers) <= _DIGITS else []
    return joined + [between.join(map(str, numbers)) for between in _BETWEEN]


def _numbers(content: QuestionContent, order: Sequence[str]) -> list[int]:
    shown = [id_ for id_, _ in content.shown.choices]
    return [shown.index(id_) + 1 for id_ in order]
