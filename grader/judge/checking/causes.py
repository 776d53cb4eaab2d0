"""The causes behind the results of an evaluation's checks, each cause once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.judge.checking.evaluation import quietly
from grader.report.causes import arranged, causes_of, exception_identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.judge.checking.evaluation import Evaluation
    from grader.report.models import Cause, CheckResult, Report

ABSORBED = {"finding", "observation", "exception"}
"""Kinds of causes that a misconception may explain."""


def causes(report: Report, evaluation: Evaluation) -> list[Cause]:
    """Return the causes of a report; a recognised mistake absorbs the causes that it explains."""

    def fails(misconception: str, check: str) -> bool:
        shared = (common.of for common in evaluation.model.alike if common.id == misconception)
        return all(
            any(evaluation.would_fail(name, check) for name in evaluation.exercise.variants(id_))
            for id_ in next(shared, (misconception,))
        )

    with quietly():
        return gathered(report, fails)


def gathered(report: Report, fails: Callable[[str, str], bool]) -> list[Cause]:
    """Return the causes of a report, given which misconception fails which check.

    A misconception that was recognised at one check absorbs the causes of the others that it fails,
    but none that ends in another exception. A cause of hidden checks only absorbs nothing.
    """
    found = causes_of(report)
    checks = {check.id: check for check in report.checks}
    for cause in found:
        if cause.kind == "misconception" and _displayed(cause, checks):
            _take_in(cause, found, checks, fails)
    return arranged(report.checks, found)


def _displayed(cause: Cause, checks: dict[str, CheckResult]) -> bool:
    return any(checks[id_].visibility == "shown" for id_ in cause.checks)


def _take_in(
    cause: Cause,
    found: Iterable[Cause],
    checks: dict[str, CheckResult],
    fails: Callable[[str, str], bool],
) -> None:
    raised = {_raised(checks[id_]) for id_ in cause.checks}
    for other in found:
        if other.kind not in ABSORBED:
            continue
        alike = [
            id_
            for id_ in other.checks
            if (checks[id_].status == "failed" or _raised(checks[id_]) in raised)
            and fails(cause.id, id_)
        ]
        cause.checks += alike
        other.checks = [id_ for id_ in other.checks if id_ not in alike]


def _raised(check: CheckResult) -> tuple[object, ...] | None:
    """Return the key by which exceptions of checks count as equal, None without an exception."""
    messages = [message for message in check.feedback if not message.id.startswith("exercise.")]
    return exception_identity(messages) if check.status == "error" else None
