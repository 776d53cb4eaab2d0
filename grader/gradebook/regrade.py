"""Judging again what was handed in, and telling whose grade changes from what to what, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, Protocol

from grader.gradebook.judgement import difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.gradebook.models import Attempt, Change
    from grader.gradebook.store import File, Store
    from grader.report.models import Report

CHUNK = 32  # judged at once, then written at once: an interruption loses no more

Problem = Literal["no_file", "no_exercise", "ungraded"]


@dataclass(frozen=True)
class Versions:
    """What decides how an exercise is judged today."""

    grading_hash: str
    grader_version: str
    seed: int


class Rejudge(Protocol):
    """Who judges: the gradebook itself knows no judge."""

    def versions(self, course: str, exercise: str) -> Versions | None:
        """Return what decides today, None where the course has no such exercise (any more)."""

    def judge(self, exercise: str, files: Sequence[File]) -> list[Report]:
        """Return the report of each file, ``ungraded`` where one cannot be judged."""


@dataclass(frozen=True)
class Regraded:
    """What became of one attempt: its grade changed, or could not be looked at, or neither."""

    attempt: Attempt
    change: Change | None = None
    problem: Problem | None = None


def regrade(
    store: Store, rejudge: Rejudge, exercises: Sequence[str] = (), *, dry_run: bool = False
) -> Iterator[Regraded]:
    """Judge again every attempt that was judged by other versions, or that failed.

    Where judging fails the old grade stays; a teacher's mark stays in any case. ``dry_run``
    changes nothing.
    """
    attempts = sorted(store.attempts(), key=lambda one: (one.course, one.exercise, one.id))
    chosen = (one for one in attempts if not exercises or one.exercise in exercises)
    for (course, exercise), group in groupby(chosen, lambda one: (one.course, one.exercise)):
        versions = rejudge.versions(course, exercise)
        if versions is None:
            yield from (Regraded(attempt, problem="no_exercise") for attempt in group)
            continue
        outdated = [attempt for attempt in group if not _is_current(attempt, versions)]
        for chunk in _chunks(outdated):
            yield from _chunk(store, rejudge, exercise, chunk, dry_run=dry_run)


def _is_current(attempt: Attempt, versions: Versions) -> bool:
    return (
        attempt.status != "ungraded"
        and attempt.grading_hash == versions.grading_hash
        and attempt.grader_version == versions.grader_version
        and attempt.seed in {None, versions.seed}  # a quiz draws nothing
    )


def _chunks(attempts: list[Attempt]) -> Iterator[list[Attempt]]:
    yield from (attempts[at : at + CHUNK] for at in range(0, len(attempts), CHUNK))


def _chunk(
    store: Store, rejudge: Rejudge, exercise: str, attempts: list[Attempt], *, dry_run: bool
) -> Iterator[Regraded]:
    kept = [(attempt, store.submission(attempt)) for attempt in attempts]
    yield from (Regraded(attempt, problem="no_file") for attempt, file in kept if file is None)
    judgeable = [(attempt, file) for attempt, file in kept if file is not None]
    if not judgeable:
        return
    reports = rejudge.judge(exercise, [file for _, file in judgeable])
    pairs = [
        (attempt, _handed_in(report, attempt))
        for (attempt, _), report in zip(judgeable, reports, strict=True)
    ]
    changes: dict[int, Change | None] = {}
    if dry_run:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        changes = {attempt.id: difference(attempt, report, now) for attempt, report in pairs}
    else:
        with store.together():
            for attempt, report in pairs:
                changes[attempt.id] = store.judge_again(attempt, report)
    for attempt, report in pairs:
        failed = report.status == "ungraded"
        problem: Problem | None = "ungraded" if failed else None
        yield Regraded(attempt, changes[attempt.id], problem)


def _handed_in(report: Report, attempt: Attempt) -> Report:
    """Say in a new report whose it is, as the first one did."""
    return report.model_copy(
        update={
            "student": attempt.student,
            "attempt": attempt.attempt,
            "submitted_at": attempt.submitted_at,
            "submission_hash": attempt.submission_hash,
        }
    )
