"""What of a report the gradebook keeps, and how two judgements of one attempt differ."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from grader.gradebook.models import Attempt, Change

if TYPE_CHECKING:
    from decimal import Decimal

    from grader.report.models import Report

# What explains that the same submission is judged otherwise than before.
CAUSES = ("grading_hash", "grader_version", "seed")


def identity(report: Report) -> str:
    """Return the hash of all of a report that does not vary between equal runs."""
    data = report.model_dump(mode="json", exclude={"run"})
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def points_of(report: Report) -> Decimal | None:
    """Return the points of a report; None where the grader failed, which is never a zero."""
    return None if report.status == "ungraded" else report.reached


def judged(report: Report) -> dict[str, Any]:
    """Return the columns of an attempt that a judgement decides."""
    return {
        "course": report.exercise.course,
        "graded_at": report.run.graded_at,
        "status": report.status,
        "points": points_of(report),
        "maximum": report.maximum,
        "grading_hash": report.grading_hash,
        "grader_version": report.run.versions.get("nn-grader"),
        "seed": report.seed,
        "report_hash": identity(report),
        "report": report.model_dump_json().encode(),
    }


def keeps_its_grade(attempt: Attempt, report: Report) -> bool:
    """Whether an attempt stays as it is: a judgement that failed takes no grade away."""
    return report.status == "ungraded" and attempt.status != "ungraded"


def difference(attempt: Attempt, report: Report, now: str) -> Change | None:
    """Return the change of grade that a new judgement of an attempt means, None for none."""
    points = points_of(report)
    same = attempt.status == report.status and attempt.points == points
    if keeps_its_grade(attempt, report) or (same and attempt.maximum == report.maximum):
        return None
    new = judged(report)
    return Change(
        attempt=attempt.id,
        changed_at=now,
        old_status=attempt.status,
        old_points=attempt.points,
        new_status=report.status,
        new_points=points,
        why=" ".join(cause for cause in CAUSES if getattr(attempt, cause) != new[cause]),
    )
