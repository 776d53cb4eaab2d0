"""The stored columns of a report, and the differences between two judgements of one attempt."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from grader.gradebook.models import Attempt, GradeChange

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from grader.report.models import Report

    Inputs = Mapping[str, str | int]
    """The known inputs of a judgement beside the submission, by CAUSES."""

LIBRARIES = ("python", "numpy", "torch")
# Inputs whose change explains that the same submission is judged differently.
CAUSES = ("grading_hash", "grader_version", "seed", *LIBRARIES, "isolation", "device")
_LOOKED_AT = frozenset({"graded", "incomplete", "needs_review"})


def environment_of(report: Mapping[str, Any]) -> Inputs:
    """Return the inputs of a judgement beside the submission, by CAUSES, from its report.

    ``report`` is its JSON. A quiz draws and runs nothing, so it has no seed, for instance.
    """
    versions = report["run"]["versions"]
    found = {
        "grading_hash": report["grading_hash"],
        "grader_version": versions.get("nn-grader"),
        "seed": report["seed"],
        "device": report["device"],
        "isolation": (report["isolation"] or {}).get("level"),
        **{library: public_version(versions.get(library)) for library in LIBRARIES},
    }
    return {cause: value for cause, value in found.items() if value is not None}


def kept_environment(attempt: Attempt) -> Inputs:
    """Return the inputs of an attempt's judgement, by CAUSES, as far as they were stored."""
    if attempt.report is not None:
        return environment_of(json.loads(attempt.report))
    columns = ("grading_hash", "grader_version", "seed")  # all columns of the first version
    found = {cause: getattr(attempt, cause) for cause in columns}
    return {cause: value for cause, value in found.items() if value is not None}


def public_version(version: str | None) -> str | None:
    """Return a version without the build: a package and its metadata differ in it."""
    return version and version.split("+")[0]


def changed_inputs(before: Inputs, after: Inputs) -> list[str]:
    """Return the causes whose values are known for both judgements and differ."""
    both = (cause for cause in CAUSES if cause in before and cause in after)
    return [cause for cause in both if before[cause] != after[cause]]


def report_hash(report: Report) -> str:
    """Return the hash of the parts of a report that equal runs have in common."""
    data = report.model_dump(mode="json", exclude={"run"})
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def report_points(report: Report) -> Decimal | None:
    """Return the points of a report; None if the grader failed, which is never a zero."""
    return None if report.status == "ungraded" else report.reached


def attempt_columns(report: Report) -> dict[str, object]:
    """Return the columns of an attempt that a judgement decides."""
    return {
        "course": report.exercise.course,
        "graded_at": report.run.graded_at,
        "status": report.status,
        "points": report_points(report),
        "maximum": report.maximum,
        "reachable": report.reachable,
        "grading_hash": report.grading_hash,
        "grader_version": report.run.versions.get("nn-grader"),
        "seed": report.seed,
        "report_hash": report_hash(report),
        "report": report.model_dump_json().encode(),
    }


def keep_old_grade(attempt: Attempt, report: Report) -> bool:
    """Return whether an attempt stays unchanged: a failed judgement never removes a grade.

    Nor does one by the same checks on a device that reaches fewer of them.
    """
    if report.status == "ungraded":
        return attempt.status != "ungraded"
    same_checks = attempt.grading_hash == report.grading_hash
    shows_less = same_checks and report.reachable < attempt.reachable
    return shows_less and {attempt.status, report.status} <= _LOOKED_AT


def grade_change(attempt: Attempt, before: Inputs, report: Report, now: str) -> GradeChange | None:
    """Return the change of grade that a new judgement of an attempt means, None for none.

    ``before``: the circumstances of the old one.
    """
    points = report_points(report)
    old = attempt.status, attempt.points, attempt.reachable, attempt.maximum
    new = report.status, points, report.reachable, report.maximum
    if keep_old_grade(attempt, report) or old == new:
        return None
    return GradeChange(
        attempt=attempt.id,
        changed_at=now,
        old_status=attempt.status,
        old_points=attempt.points,
        old_reachable=attempt.reachable,
        new_status=report.status,
        new_points=points,
        new_reachable=report.reachable,
        why=" ".join(changed_inputs(before, environment_of(report.model_dump(mode="json")))),
    )
