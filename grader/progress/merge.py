"""Merging of progress: the same whichever of two writers comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.progress.models import MOST_ATTEMPTS, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.progress.models import Attempt, Attempts


def merged(one: Progress, other: Progress) -> Progress:
    """Return the attempts of both.

    Of an exercise at most ``MOST_ATTEMPTS`` attempts are kept: the best, and the latest.
    """
    courses = {
        course: _exercises(one.courses.get(course, {}), other.courses.get(course, {}))
        for course in sorted({*one.courses, *other.courses})
    }
    return Progress(courses=courses)


def best(attempts: Attempts) -> Attempt | None:
    """Return the attempt that reached most; of equal ones the one that was there first."""
    return min(attempts.values(), key=_worse, default=None)


def latest(attempts: Attempts) -> Attempt | None:
    """Return the attempt that was graded last."""
    return max(attempts.values(), key=_age, default=None)


def _exercises(one: Mapping[str, Attempts], other: Mapping[str, Attempts]) -> dict[str, Attempts]:
    return {
        exercise: _attempts(one.get(exercise, {}), other.get(exercise, {}))
        for exercise in sorted({*one, *other})
    }


def _attempts(one: Attempts, other: Attempts) -> Attempts:
    every = {
        hash_: _same(*(known[hash_] for known in (one, other) if hash_ in known))
        for hash_ in sorted({*one, *other})
    }
    if len(every) <= MOST_ATTEMPTS:
        return every
    first = min(every, key=lambda hash_: _worse(every[hash_]))
    rest = sorted((hash_ for hash_ in every if hash_ != first), key=lambda key: _age(every[key]))
    kept = {first, *rest[1 - MOST_ATTEMPTS :]}
    return {hash_: attempt for hash_, attempt in every.items() if hash_ in kept}


def _same(attempt: Attempt, *others: Attempt) -> Attempt:
    """Return one attempt of several of the same answer: the last result, the first time."""
    every = (attempt, *others)
    last = max(every, key=_age)
    return last.model_copy(update={"first": min(one.first for one in every)})


def _worse(attempt: Attempt) -> tuple[object, ...]:
    gained = attempt.reached + attempt.waiting
    return not attempt.solved, -gained, -attempt.reached, attempt.first, _age(attempt)


def _age(attempt: Attempt) -> tuple[object, ...]:
    """Return the order of attempts in time; what follows the time only makes it a total one."""
    return attempt.last, attempt.model_dump_json()
