"""All but the last row is right."""

from __future__ import annotations

from grader.observations.moved_values import SomeRows


class ButLast(SomeRows):
    """All but the last row is right."""

    id = "observation.but_last"
    rank = 400
    message = (
        "All is right but the last entry (or the last row). Check how it differs from the "
        "others: does your loop, or your slice, reach it?"
    )

    def right_rows(self, count: int) -> list[int]:
        """Return all but the last."""
        return [*range(count - 1)]
