"""Copies of reports that may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.report.models import CheckResult, Message, Report


def changeable(report: Report) -> Report:
    """Return a copy whose texts, checks, causes and metadata may be assigned anew.

    What holds data (arguments, calls, drawings) is shared: it may be replaced, not changed in
    place. Copying all of it would take longer than whatever is done with the copy.
    """
    result = report.model_copy()
    fresh = result.__dict__  # as they are: assigning would validate them once more
    for name in ("exercise", "headline", "next", "hidden", "run"):
        part = fresh[name]
        fresh[name] = None if part is None else part.model_copy()
    if report.load is not None:
        fresh["load"] = report.load.model_copy()
        fresh["load"].__dict__["feedback"] = _messages(report.load.feedback)
    fresh["checks"] = [_check(check) for check in report.checks]
    fresh["causes"] = [cause.model_copy() for cause in report.causes]
    for cause in fresh["causes"]:
        cause.__dict__["checks"] = list(cause.checks)
    return result


def _check(check: CheckResult) -> CheckResult:
    result = check.model_copy()
    fresh = result.__dict__
    fresh["feedback"] = _messages(check.feedback)
    fresh["remarks"] = _messages(check.remarks)
    fresh["key_points"] = [point.model_copy() for point in check.key_points]
    if check.picture is not None:
        fresh["picture"] = check.picture.model_copy()
        fresh["picture"].__dict__["caption"] = check.picture.caption.model_copy()
    return result


def _messages(messages: list[Message]) -> list[Message]:
    return [message.model_copy() for message in messages]
