"""The rules applied to attempts: which one counts, and what is taken off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.classroom.lateness import after_penalty, delay_of

if TYPE_CHECKING:
    from grader.classroom.models import Counts
    from grader.classroom.rules import ExerciseRules
    from grader.classroom.students import StudentsRules, Team

NOT_JUDGED = "ungraded"  # through no fault of the student's: it is no attempt


@dataclass(frozen=True)
class Try:
    """One attempt, as it was judged.

    ``student``: who handed it in. ``at``: when, with a zone, None if nobody knows. ``points``: None
    where nothing was judged. ``content``: a hash of it.
    """

    student: str
    number: int
    at: dt.datetime | None
    status: str
    points: Decimal | None
    reachable: Decimal
    maximum: Decimal
    content: str = ""


@dataclass(frozen=True)
class RuledTry:
    """An attempt under the rules.

    ``days``: days of delay that have begun. ``percent``: what they take off. ``after``: the points
    that are left, exact; None without points. ``undated``: there is a deadline, and the time of the
    attempt is not known. ``over``: it is one too many and does not count.
    """

    made: Try
    days: int = 0
    percent: Decimal = Decimal(0)
    after: Decimal | None = None
    undated: bool = False
    over: bool = False

    @property
    def taken(self) -> Decimal:
        """The points that the delay takes off."""
        if self.made.points is None or self.after is None:
            return Decimal(0)
        return self.made.points - self.after


Value = Callable[[RuledTry], Fraction]
"""What an attempt is worth where the best counts; below zero for one without points."""


@dataclass(frozen=True)
class Decision:
    """What the rules make of the attempts of a team, or of a student without one.

    ``tries``: all of them, in the order of handing in. ``counts``: the one that counts.
    """

    team: Team
    tries: tuple[RuledTry, ...] = ()
    counts: RuledTry | None = None


def decided(
    rules: StudentsRules,
    exercise: str,
    student: str,
    tries_of: Callable[[str], Sequence[Try]],
    default: Counts,
    value: Value,
) -> Decision:
    """Return the attempts of a student, or team, in an exercise, and the one that counts.

    ``tries_of``: the attempts of one student, in the order of handing in. ``default``: which
    attempt counts, where the rules do not say.
    """
    team, own = rules.team(exercise, student), rules.of(exercise)
    made = of_team([tries_of(member) for member in team.members])
    found = ruled(made, own, rules.deadline(exercise, team.members))
    return Decision(team, tuple(found), counting(found, own.counts or default, value))


def ruled(
    tries: Sequence[Try], rules: ExerciseRules, deadline: dt.datetime | None
) -> list[RuledTry]:
    """Return attempts in the order of handing in, with what the rules make of each."""
    made, result = 0, []
    for one in tries:
        delay = delay_of(one.at, deadline, rules)
        after = None
        if one.points is not None:
            after = after_penalty(one.points, one.reachable, delay, rules)
        undated = deadline is not None and one.at is None
        over = rules.attempts is not None and made >= rules.attempts
        result.append(RuledTry(one, delay.days, delay.percent, after, undated, over))
        made += one.status != NOT_JUDGED
    return result


def counting(tries: Sequence[RuledTry], counts: Counts, value: Value) -> RuledTry | None:
    """Return the attempt that counts, None without any.

    Of equally good ones the one that is less late counts, of these the last.
    """
    within = [one for one in tries if not one.over]
    if not within:
        return None
    if counts == "first":
        return within[0]
    if counts == "latest":
        return within[-1]
    best = max(enumerate(within), key=lambda one: (value(one[1]), -one[1].days, one[0]))
    return best[1]


def of_team(members: Sequence[Sequence[Try]]) -> list[Try]:
    """Return the attempts of all members of a team, in the order of handing in.

    ``members``: those of each, in that order. A file that a system counts for each member is one
    attempt. The order is that of the times; where one of them is not known, attempts
    are sorted by their place in their own list, first, second …, and the better of these later.
    """
    if len(members) == 1:
        return list(members[0])
    found: dict[object, tuple[int, Try]] = {}
    for own in members:
        for place, one in enumerate(own):
            same = (one.content, one.at, one.number) if one.content else (one.student, place)
            found.setdefault(same, (place, one))
    kept = list(found.values())
    dated = [(one.at, place, one) for place, one in kept if one.at is not None]
    if len(dated) == len(kept):
        return [one for _, _, one in sorted(dated, key=lambda each: each[:2])]
    kept.sort(key=lambda each: (each[0], -1 if each[1].points is None else each[1].points))
    return [one for _, one in kept]
