"""All but the first row is right."""

from __future__ import annotations

from grader.observations.moved_values import SomeRows


class ButFirst(SomeRows):
    """All but the first row is right."""

    id = "observation.but_first"
    rank = 410
    message = (
        "All is right but the first entry (or the first row). Check how it differs from the "
        "others: does your loop, or your slice, begin with it?"
    )

    def right_rows(self, count: int) -> list[int]:
        """Return all but the first."""
        return [*range(1, count)]
