"""What the values of a key mean, whatever form its author chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.course.models import Key, QuestionKind


def alternatives(kind: QuestionKind, mistake: Any) -> list[Any]:
    """Return the answers that show a mistake, each of which is enough.

    A choice, number, line or mapping stands for itself, a list of them for any of them. For
    ordering a list of choices is one answer, and only a list of lists is several.
    """
    if not isinstance(mistake, list):
        return [mistake]
    if kind == "ordering" and not all(isinstance(item, list) for item in mistake):
        return [mistake]
    return mistake


def shown_mistakes(kind: QuestionKind, key: Key, shows: Callable[[Any], bool]) -> list[str]:
    """Return the mistakes of a key, in its order, one of whose answers ``shows`` accepts."""
    return [
        mistake
        for mistake, value in key.mistakes.items()
        if any(shows(wrong) for wrong in alternatives(kind, value))
    ]


def line_numbers(answer: Any) -> list[int]:
    """Return the lines of a key's answer, which may be one number."""
    return list(answer) if isinstance(answer, list) else [answer]
