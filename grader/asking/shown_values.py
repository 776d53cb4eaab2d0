"""Answers in words, for people who look over what they have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.step import InOrder, LinesOf, OneOf, SomeOf
from grader.course.phrases import in_a_row
from grader.report.clean import clean

if TYPE_CHECKING:
    from grader.asking.step import Step, Value
    from grader.course.languages import Translator

_SHORT = 60  # characters of a typed text in an overview


def shown_value(step: Step, value: Value, t: Translator) -> str:
    """Return a value in words, on one line, as Markdown in which it is no markup itself."""
    if not value:
        return t("no answer yet")
    match step:
        case OneOf(options=options) | SomeOf(options=options) | InOrder(options=options):
            return in_a_row((dict(options).get(id_, id_) for id_ in value), t)
        case LinesOf():
            lines = ", ".join(value)
            return t.plural("line {{lines}}", "lines {{lines}}", len(value), lines=lines)
        case _:
            return as_code(str(value), _SHORT)


def as_code(typed: str, limit: int) -> str:
    """Return a typed text as a piece of code in Markdown: no markup, on one line."""
    text = " ".join(clean(typed, limit).split()).replace("`", "'")
    return f"`{text}`"
