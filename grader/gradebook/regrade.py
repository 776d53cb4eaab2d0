"""Regrading: outdated judgements, changed grades and their reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from grader.gradebook.regrade_diff import changed_inputs, grade_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from grader.gradebook.models import Attempt, GradeChange
    from grader.gradebook.regrade_diff import Inputs
    from grader.gradebook.store import Store
    from grader.report.models import Report

Problem = Literal["no_file", "no_exercise", "ungraded"]


@dataclass(frozen=True)
class RegradeOutcome:
    """The result for one attempt: its grade changed, could not be judged, or neither."""

    attempt: Attempt
    change: GradeChange | None = None
    problem: Problem | None = None


class NewJudgement(NamedTuple):
    """A new judgement of an attempt, and the path of its report, if it was written."""

    attempt: Attempt
    report: Report
    report_path: str | None = None


def outdated(
    store: Store,
    attempts: Iterable[Attempt],
    today: Callable[[str, str], Inputs | None],
) -> Iterator[Attempt | RegradeOutcome]:
    """Yield each attempt whose judgement is outdated or has failed.

    One that cannot be judged again is yielded as a RegradeOutcome. ``today`` returns the present
    circumstances of judging, for a course and an exercise; None: the course does not have it.
    """
    for attempt in attempts:
        circumstances = today(attempt.course, attempt.exercise)
        if circumstances is None:
            yield RegradeOutcome(attempt, problem="no_exercise")
        elif attempt.status == "ungraded" or changed_inputs(
            store.circumstances(attempt), circumstances
        ):
            kept = store.submission(attempt) is not None
            yield attempt if kept else RegradeOutcome(attempt, problem="no_file")


def apply_regrade(
    store: Store, judged: Sequence[NewJudgement], *, dry_run: bool = False
) -> list[RegradeOutcome]:
    """Store new judgements in one transaction, and return the result for each.

    If judging failed the old grade stays; a teacher's mark stays in any case. ``dry_run`` changes
    nothing.
    """
    if dry_run:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        changes = [
            grade_change(attempt, store.circumstances(attempt), report, now)
            for attempt, report, _ in judged
        ]
    else:
        with store.transaction():
            changes = [store.replace_judgement(*one) for one in judged]
    return [
        RegradeOutcome(attempt, change, "ungraded" if report.status == "ungraded" else None)
        for (attempt, report, _), change in zip(judged, changes, strict=True)
    ]
