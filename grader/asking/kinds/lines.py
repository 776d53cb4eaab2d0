"""Lines of a listing are chosen in the listing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking.manner import AskedQuestion, Manner
from grader.asking.step import LinesOf, Step, Value

if TYPE_CHECKING:
    from grader.questions.answers import Answer
    from grader.questions.plain_yaml import Node
    from grader.questions.scored import Feedback


class Lines(Manner):
    """Numbers of lines."""

    def steps(self, asked: AskedQuestion) -> tuple[Step, ...]:
        """Return the listing."""
        return (LinesOf(listing=asked.listing),)

    def given(self, asked: AskedQuestion, _step: Step, answer: Answer) -> Value:
        """Return the numbers of the lines that an answer names, if it names nothing else.

        A text may occur on several lines.
        """
        from grader.questions.line_references import referenced_lines  # noqa: PLC0415 - parses Python

        listed = asked.listing.splitlines()
        found = [*(referenced_lines(answer, listed) or ())]
        numbers = {number for part in found if isinstance(part, set) for number in part}
        usable = all(isinstance(part, set) for part in found)
        usable = usable and all(1 <= number <= len(listed) for number in numbers)
        return tuple(map(str, sorted(numbers))) if usable else ()

    def complaint(self, asked: AskedQuestion, _step: Step, value: Value) -> Feedback | None:
        """Refuse numbers outside the listing."""
        last = len(asked.listing.splitlines())
        outside = [number for number in map(int, value) if not 1 <= number <= last]
        return ("quiz.line_range", {"line": outside[0], "last": last}) if outside else None

    def node(self, _step: Step, value: Value) -> Node:
        """Return the number of the line, or a list of several."""
        return value[0] if len(value) == 1 else [*value]
