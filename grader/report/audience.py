"""What of a report its reader may see."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.report.messages import sentence
from grader.report.models import HiddenPoints, Message

if TYPE_CHECKING:
    from grader.report.models import Audience, CheckResult, Report

TEACHERS_ONLY = {"static.reference"}
"""What is said to a teacher alone, who has to judge of it."""


VALUES = {"compare.values", "compare.value"}
"""Sentences that say what is right: without these arguments they say only what is wrong."""
_TELLING = ("expected", "error", "allowed")


def for_audience(
    report: Report,
    audience: Audience,
    public_seed: int | None = None,
    *,
    calls: bool | None = None,
) -> Report:
    """Return the report as ``audience`` may see it.

    A student sees nothing of checks that are not displayed but their points in one sum, and the
    seed only if it is the public one. ``calls``: whether a student sees inputs and expected values;
    if not said, where the seed is public, in practice. What is left out cannot be put back: a
    student's report stays one.
    """
    result = report.model_copy(deep=True)
    if audience == "teacher" or report.audience == "student":
        return result
    concealed = [check for check in result.checks if check.visibility != "shown"]
    result.audience = "student"
    result.checks = [check for check in result.checks if check.visibility == "shown"]
    result.hidden = _sum(concealed)
    for check in result.checks:
        check.feedback = [message for message in check.feedback if message.id not in TEACHERS_ONLY]
    _forget_names({check.id for check in concealed}, result)
    practice = public_seed is not None and result.seed == public_seed
    if not (practice if calls is None else calls):
        _forget_inputs(result)
    if not practice:
        result.seed = None
    result.run.cpu_seconds = {
        check.id: result.run.cpu_seconds[check.id]
        for check in result.checks
        if check.id in result.run.cpu_seconds
    }
    # Faults name checks, the time tells of those that are not displayed, the host is the teacher's.
    result.run.faults = []
    result.run.seconds = None
    result.run.host = None
    return result


def _forget_inputs(report: Report) -> None:
    """Take out what was drawn from a secret seed: the calls, and what is right in their place."""
    for check in report.checks:
        check.call = None
        check.feedback = [_without_right_value(message, report.lang) for message in check.feedback]


def _without_right_value(message: Message, lang: str) -> Message:
    if message.id not in VALUES:
        return message
    args = {name: value for name, value in message.args.items() if name not in _TELLING}
    return Message(id=message.id, args=args, text=sentence(message.id, args, lang) or "")


def _sum(checks: list[CheckResult]) -> HiddenPoints | None:
    if not checks:
        return None
    return HiddenPoints(
        checks=len(checks),
        maximum=sum((check.maximum for check in checks), Decimal(0)),
        reached=sum((check.reached for check in checks), Decimal(0)),
    )


def _forget_names(names: set[str], report: Report) -> None:
    """Take out of what stays the messages that name a check which is not displayed."""
    if not names:
        return
    concealed = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    for check in report.checks:
        check.feedback = _without(concealed, check.feedback, report.lang)
    if report.load is not None:
        report.load.feedback = _without(concealed, report.load.feedback, report.lang)


def _without(concealed: re.Pattern[str], feedback: list[Message], lang: str) -> list[Message]:
    kept = (_without_name(concealed, message, lang) for message in feedback)
    return [message for message in kept if message is not None]


def _without_name(concealed: re.Pattern[str], message: Message, lang: str) -> Message | None:
    texts = [value for value in message.args.values() if isinstance(value, str)]
    if not any(map(concealed.search, texts)):
        return message
    if message.id != "not_run.needs":
        return None
    id_ = "not_run.needs_undisplayed"
    return Message(id=id_, text=sentence(id_, {}, lang) or "")
