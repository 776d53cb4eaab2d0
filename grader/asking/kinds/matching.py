"""A matching question is asked item by item: which of the choices belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import InParts
from grader.asking.one_choice import OneChoice
from grader.asking.step import OneOf, Step

if TYPE_CHECKING:
    from grader.asking.manner import AskedQuestion


class Matching(OneChoice, InParts):
    """A choice for each item."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return a list of choices for each item."""
        choices = asked.shown.choices
        return tuple(
            OneOf(part=item, label=text, options=choices) for item, text in asked.shown.items
        )
