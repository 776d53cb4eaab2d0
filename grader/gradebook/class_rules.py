"""The rules of a class, applied to the attempts in a gradebook."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.classroom.tries import Try, decided
from grader.gradebook.policy import time_of, tries
from grader.gradebook.unreachable_points import Unreachable, points_to_enter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from grader.classroom.models import Counts
    from grader.classroom.students import StudentsRules
    from grader.classroom.tries import Decision, RuledTry
    from grader.gradebook.models import Attempt
    from grader.gradebook.policy import Grade


class AttemptRules:
    """Decides which attempt counts for a student, and what is taken off.

    ``default``: which attempt counts, where the rules do not say.
    """

    def __init__(self, rules: StudentsRules, default: Counts, unreachable: Unreachable) -> None:
        self._rules = rules
        self._default = default
        self._unreachable = unreachable

    def decision(
        self, exercise: str, student: str, attempts_of: Callable[[str], Sequence[Attempt]]
    ) -> tuple[Decision, Attempt | None]:
        """Return the decision of the rules, and the attempt that counts."""
        found: dict[Try, Attempt] = {}

        def tries_of(member: str) -> list[Try]:
            made = [(as_try(one), one) for one in tries(attempts_of(member))]
            found.update(made)
            return [one for one, _ in made]

        decision = decided(
            *(self._rules, exercise, student, tries_of, self._default),
            lambda one: value(one, self._unreachable),
        )
        return decision, None if decision.counts is None else found[decision.counts.made]


def ruled_attempts(attempts: Iterable[Attempt], grades: Iterable[Grade]) -> dict[int, RuledTry]:
    """Return attempts under the rules by their ids; ``grades``: with the decisions on them."""
    found: dict[tuple[str, Try], RuledTry] = {}
    for grade in grades:
        for one in [] if grade.decision is None else grade.decision.tries:
            found[grade.exercise, one.made] = one
    ruled = ((one.id, found.get((one.exercise, as_try(one)))) for one in attempts)
    return {id_: one for id_, one in ruled if one is not None}


def as_try(attempt: Attempt) -> Try:
    """Return an attempt as the rules see it."""
    return Try(
        student=attempt.student,
        number=attempt.attempt,
        at=time_of(attempt.submitted_at),
        status=attempt.status,
        points=attempt.points,
        reachable=attempt.reachable,
        maximum=attempt.maximum,
        content=attempt.submission_hash,
    )


def value(one: RuledTry, unreachable: Unreachable) -> Fraction:
    """Return the worth of an attempt where the best counts: the entered number, or the points."""
    if one.after is None:
        return Fraction(-1)
    exact = points_to_enter(one.after, one.made.reachable, one.made.maximum, unreachable)
    return Fraction(one.after) if exact is None else exact
