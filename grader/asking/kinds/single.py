"""A single choice is asked as a list to choose one from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.one_choice import OneChoice
from grader.asking.step import OneOf, Step

if TYPE_CHECKING:
    from grader.asking.manner import AskedQuestion


class Single(OneChoice):
    """One choice."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return the list of choices."""
        return (OneOf(options=asked.shown.choices),)
