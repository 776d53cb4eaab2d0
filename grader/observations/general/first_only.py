"""The first row alone is right."""

from __future__ import annotations

from grader.observations.moved_values import SomeRows


class FirstOnly(SomeRows):
    """The first row alone is right."""

    id = "observation.first_only"
    rank = 420
    message = (
        "Only the first entry (or the first row) is right, all the others are wrong. Check "
        "what your code does differently from the second one on."
    )

    def right_rows(self, _count: int) -> list[int]:
        """Return the first."""
        return [0]
