"""The next step: the last line of what a student reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.causes import nothing_but_open
from grader.report.models import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.report.models import Report, Scalar


def way_on(
    report: Report,
    *,
    hints: bool,
    order: Sequence[str],
    course: str = "",
    answer: str = "",
    solutions: bool = True,
) -> Message | None:
    """Return the student's next step, None if others have to act.

    ``hints``: whether the exercise has any. ``order``: the ids of the course's exercises.
    ``solutions``: whether right answers can be shown at all.
    ``course``: the arguments by which commands find it, ``answer``: by which they find the answer.
    """
    exercise = report.exercise.id
    named: dict[str, Scalar] = {"exercise": f"{exercise}{course}"}
    elsewhere = report.status == "incomplete" and not report.reachable
    if elsewhere or report.status in {"unreadable", "ungraded", "other"}:
        return None
    if report.status == "needs_review" and report.exercise.kind == "code":
        return None
    if report.passed and report.partial:
        return Message(id="next.whole", args=named)
    if is_solved(report):
        named["exercise"] = f"{exercise}{answer}{course}"
        following = order[order.index(exercise) + 1 :] if exercise in order else []
        suffix = "" if solutions else "_kit"
        if following:
            args = {"next": f"{following[0]}{course}", **named}
            return Message(id=f"next.solved{suffix}", args=args)
        return Message(id=f"next.solved_last{suffix}", args=named)
    if not report.causes:
        return Message(id="next.hidden", args=named)
    first = report.causes[0]
    if first.told_at is not None and nothing_but_open(report):
        count = sum(check.status == "unanswered" for check in report.checks)
        return Message(id="next.open", args={"n": count, "check": first.told_at})
    suffix, args = ("", named) if hints else ("_alone", {})
    if first.told_at is None:
        return Message(id=f"next.load{suffix}", args=args)
    return Message(id=f"next.mend{suffix}", args={"check": first.told_at, **args})


def is_solved(report: Report) -> bool:
    """Whether everything is right; in a quiz, everything that does not wait for a teacher."""
    return report.passed or (
        report.status == "needs_review"
        and report.exercise.kind != "code"
        and report.reached + report.waiting == report.reachable
    )
