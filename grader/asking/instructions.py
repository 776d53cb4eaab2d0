"""What can be typed at a prompt of plain lines, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.step import Choice, InOrder, Line, LinesOf, OneOf, SomeOf, Text
from grader.asking.typed_values import are_numbered
from grader.course.phrases import joined

if TYPE_CHECKING:
    from grader.asking.front import Prompt
    from grader.course.languages import Translator


def instruction(prompt: Prompt, t: Translator) -> str:
    """Return the instruction for a prompt."""
    match prompt.step:
        case OneOf(options=options) as step if prompt.asks_for_way:
            alone = t("Enter alone")
            return f"{_choose(step, t)} {joined(t, alone, dict(options)[prompt.given[0]])}"
        case OneOf() | SomeOf() | InOrder() as step:
            return _choose(step, t)
        case LinesOf():
            return t("Type the number of the line, or several, for instance: 2 5")
        case Text():
            return t("Type a text, and end it with a line that holds only a full stop.")
        case Line(code=True):
            return t("Type one line of Python.")
        case _:
            return t("Type your answer.")


def _choose(step: Choice, t: Translator) -> str:
    match step, are_numbered(step):
        case OneOf(options=options), True:
            return t("Type a number from 1 to {{last}}.", last=len(options))
        case OneOf(), False:
            return t("Type the name of one choice.")
        case SomeOf(), True:
            return t("Type the numbers of all that apply, for instance: 1 3")
        case SomeOf(), False:
            return t("Type the names of all that apply.")
        case _, True:
            return t("Type all numbers in the right order, for instance: 2 1 3")
        case _:
            return t("Type all names in the right order.")
