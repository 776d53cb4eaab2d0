"""The way on: the last line of what a student reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.models import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.report.models import Report, Scalar


def way_on(
    report: Report, *, hints: bool, order: Sequence[str], course: str = ""
) -> Message | None:
    """Return what a student does next, None where that lies with others.

    ``hints``: whether the exercise has any. ``order``: the ids of the course's exercises.
    ``course``: what commands need behind them to find it.
    """
    exercise = report.exercise.id
    named: dict[str, Scalar] = {"exercise": f"{exercise}{course}"}
    if report.status in {"unreadable", "ungraded", "needs_review", "other"}:
        return None
    if report.passed and report.partial:
        return Message(id="next.whole", args=named)
    if report.passed:
        following = order[order.index(exercise) + 1 :] if exercise in order else []
        if following:
            return Message(id="next.solved", args={"next": f"{following[0]}{course}", **named})
        return Message(id="next.solved_last", args=named)
    if not report.causes:
        return Message(id="next.hidden", args=named)
    first = report.causes[0]
    suffix, args = ("", named) if hints else ("_alone", {})
    if first.told_at is None:
        return Message(id=f"next.load{suffix}", args=args)
    return Message(id=f"next.mend{suffix}", args={"check": first.told_at, **args})
