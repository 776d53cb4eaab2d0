"""The choice of the attempt that counts, and the effect of a teacher's mark; no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args

from grader.gradebook.unreachable_points import START, Unreachable, entered_of, points_to_enter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.classroom.tries import Decision
    from grader.gradebook.models import Attempt, GradeOverride

Policy = Literal["latest", "best"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
MISSING = "missing"
MARKED = "marked"
BONUS = 10  # times the maximum: more is a typing error


@dataclass(frozen=True)
class Grade:
    """The grade of one student for one exercise.

    ``status`` is that of the attempt that counts, ``marked`` if a teacher's mark overrides it, or
    ``missing``. ``points`` is None for ``ungraded``, which is never a zero. ``reachable`` is the
    reachable number of points, None if that is all. ``entered`` is the number that is entered as
    the grade, by the teacher's choice for points out of reach; None: nothing is entered.
    ``decision``: what the rules of the class decide, if there are some; ``attempt`` may be that of
    another member of the team.
    """

    student: str
    name: str
    exercise: str
    status: str
    points: Decimal | None
    maximum: Decimal
    attempt: Attempt | None = None
    mark: GradeOverride | None = None
    attempts: int = 0
    reachable: Decimal | None = None
    entered: Decimal | None = None
    decision: Decision | None = None

    @property
    def after(self) -> Decimal | None:
        """The points after the rules of the class; a teacher's mark is final."""
        counts = None if self.decision is None or self.mark is not None else self.decision.counts
        return self.points if counts is None else counts.after

    @property
    def in_reach(self) -> Decimal:
        """The reachable number of points."""
        return self.maximum if self.reachable is None else self.reachable


@dataclass(frozen=True)
class ReviewItem:
    """A grade that a teacher has to review, and the reason."""

    grade: Grade
    attempt: Attempt
    reason: Literal["needs_review", "after_mark"]


def by_handin_time(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return attempts in the order of handing in.

    That is by time if the source gives all times, else by number if it gives all numbers. Of
    equals, and without either, the one that a later batch has seen comes later.
    """
    times = {attempt.id: time_of(attempt.submitted_at) for attempt in attempts}
    if all(time is not None for time in times.values()):
        return sorted(attempts, key=lambda one: (times[one.id], one.attempt, one.seen, one.id))
    if all(attempt.numbered for attempt in attempts):
        return sorted(attempts, key=lambda one: (one.attempt, one.seen, one.id))
    return sorted(attempts, key=lambda one: (one.seen, one.attempt, one.id))


def time_of(text: str | None) -> dt.datetime | None:
    """Return a time in ISO 8601 with its zone, UTC where it has none; None for another text."""
    try:
        time = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def tries(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return the attempts that count separately, in order.

    These are the ones with a number or a time from the source, and the last file of each batch: the
    files of one folder are one upload, and twenty guesses in it are not twenty attempts.
    """
    ordered = by_handin_time(attempts)
    last = {one.batch: one.id for one in sorted(ordered, key=lambda one: (one.attempt, one.id))}
    return [one for one in ordered if one.numbered or last[one.batch] == one.id]


def counting_attempt(
    attempts: Sequence[Attempt], policy: Policy, unreachable: Unreachable = START
) -> Attempt | None:
    """Return the attempt that counts: the last one, or the last of the best `tries`.

    The best is the one for which the most points are entered; for a grade that is held back, the
    points reached count.
    """
    ordered = by_handin_time(attempts)
    if policy == "best":
        ordered = tries(attempts)
        # max() keeps the first of equals, and an attempt without points is below all others.
        return max(reversed(ordered), key=lambda one: _value(one, unreachable), default=None)
    return ordered[-1] if ordered else None


def _value(attempt: Attempt, unreachable: Unreachable) -> Fraction:
    if attempt.points is None:
        return Fraction(-1)
    exact = points_to_enter(attempt.points, attempt.reachable, attempt.maximum, unreachable)
    return Fraction(attempt.points) if exact is None else exact


def compute_grade(
    student: tuple[str, str],
    exercise: str,
    attempts: Sequence[Attempt],
    mark: GradeOverride | None,
    policy: Policy,
    maximum: Decimal = Decimal(0),
    unreachable: Unreachable = START,
    ruled: tuple[Decision, Attempt | None] | None = None,
) -> Grade:
    """Return the grade of a student, named by id and name, for an exercise.

    ``mark`` is the last one given. ``maximum`` is used if nothing was handed in. ``ruled``: what
    the rules of the class decide, in place of the policy.
    """
    decision, attempt = ruled or (None, counting_attempt(attempts, policy, unreachable))
    status, points = MISSING, Decimal(0)
    reached: Decimal | None = points
    reachable = maximum
    if attempt is not None:
        status, reached, maximum = attempt.status, attempt.points, attempt.maximum
        reachable = attempt.reachable
    if mark is not None and mark.points is not None:
        status, reached = MARKED, mark.points
        maximum = reachable = mark.maximum if attempt is None else attempt.maximum
    else:
        mark = None
    grade = Grade(
        *(*student, exercise, status, reached, maximum, attempt, mark, len(attempts)),
        reachable=reachable,
        decision=decision,
    )
    goes_in = entered_of(status, grade.after, reachable, maximum, unreachable)
    return replace(grade, entered=goes_in)


def review_item(
    compute_grade: Grade, attempts: Sequence[Attempt], policy: Policy
) -> ReviewItem | None:
    """Return the item that a teacher has to review for a grade, None without one.

    That is an attempt which needs review and may count, or one handed in after the mark.
    """
    ordered = by_handin_time(attempts)
    if compute_grade.mark is not None:
        unseen = [attempt for attempt in ordered if attempt.seen > compute_grade.mark.after]
        return ReviewItem(compute_grade, unseen[-1], "after_mark") if unseen else None
    # With "best", an earlier attempt may count after its review.
    may_count = tries(attempts) if policy == "best" else ordered[-1:]
    waiting = [attempt for attempt in may_count if attempt.status == "needs_review"]
    return ReviewItem(compute_grade, waiting[-1], "needs_review") if waiting else None


def is_valid_override(points: Decimal | None, maximum: Decimal, *, bonus: bool = False) -> bool:
    """Whether a teacher may give these points; None restores the judge's grade.

    With ``bonus`` up to BONUS times the maximum.
    """
    if points is None:
        return True
    return (
        points.is_finite()
        and 0 <= points <= maximum * (BONUS if bonus else 1)
        and points == points.quantize(Decimal("0.01"))  # exact, for any number of digits
    )
