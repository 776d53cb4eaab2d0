"""The state of an exercise: points, changes since the last attempt; and which one is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.progress.merge import best

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.progress.models import Attempt, Attempts


@dataclass(frozen=True)
class Standing:
    """The best attempt at an exercise, if there is one, and what has changed since.

    ``changed``: the answer as it is now has not been graded. ``outdated``: what grades it has
    changed since the last attempt.
    """

    best: Attempt | None = None
    changed: bool = False
    outdated: bool = False

    @property
    def solved(self) -> bool:
        """Whether nothing is left to do, by the exercise as it is now."""
        return self.best is not None and self.best.solved and not self.outdated


def standing(attempts: Attempts, grading_hash: str, present: str | None) -> Standing:
    """Return the state of an exercise.

    ``grading_hash`` is its own, ``present`` the hash of the answer as it is now, None if there is
    none. Attempts by other checks count only where there are no others.
    """
    current = {key: one for key, one in attempts.items() if one.grading_hash == grading_hash}
    known = current or attempts
    changed = bool(attempts) and present is not None and present not in known
    return Standing(best(known), changed, bool(attempts) and not current)


def following(order: Sequence[str], solved: Collection[str], last: str | None) -> str | None:
    """Return the exercise to go on with, None if all are solved.

    That is the one that was graded ``last``, else the next one in the order; behind the end it
    begins anew.
    """
    begin = order.index(last) if last in order else 0
    return next((one for one in (*order[begin:], *order[:begin]) if one not in solved), None)
