"""The rules that hold for an exercise, and what they ask of one more attempt."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.classroom.models import Basis, Counts

ALL = Decimal(100)


@dataclass(frozen=True)
class Permission:
    """Whether one more attempt may be made now.

    ``wait``: seconds until it may be, 0 for now, None for never. ``left``: how many are left,
    None where their number is not limited.
    """

    wait: int | None
    left: int | None

    @property
    def allowed(self) -> bool:
        """Whether it may be made now."""
        return self.wait == 0


@dataclass(frozen=True)
class ExerciseRules:
    """The rules of one exercise. Students and members of teams are named as in the file, or by id.

    ``deadline`` and ``extensions`` have a time zone, whose clock tells when a day of delay ends.
    ``penalty`` and ``cap`` are percentages. ``counts`` None: the class.yaml does not decide it.
    """

    counts: Counts | None = None
    deadline: dt.datetime | None = None
    grace: dt.timedelta = dt.timedelta()
    penalty: Decimal = Decimal(0)
    of: Basis = "maximum"
    cap: Decimal = ALL
    attempts: int | None = None
    pause: dt.timedelta = dt.timedelta()
    extensions: Mapping[str, dt.datetime] = field(default_factory=dict)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def may_try(self, previous: Sequence[dt.datetime], now: dt.datetime) -> Permission:
        """Return whether a student, or team, may make one more attempt.

        ``previous``: the times, with a zone, of the attempts that count as such, in any order. One
        that is in the future, by a clock that is set otherwise, never makes the pause longer.
        """
        left = None if self.attempts is None else max(0, self.attempts - len(previous))
        if left == 0:
            return Permission(None, 0)
        if not previous:
            return Permission(0, left)
        passed = now.astimezone(dt.UTC) - max(one.astimezone(dt.UTC) for one in previous)
        wait = self.pause - passed
        return Permission(max(0, math.ceil(min(wait, self.pause).total_seconds())), left)


@dataclass(frozen=True)
class ClassRules:
    """A ``class.yaml``: the rules of the class, and those of exercises that have their own."""

    file: Path
    whole: ExerciseRules = ExerciseRules()
    exercises: Mapping[str, ExerciseRules] = field(default_factory=dict)

    def of(self, exercise: str) -> ExerciseRules:
        """Return the rules of an exercise."""
        return self.exercises.get(exercise, self.whole)
