"""The parts of a report that its reader may see."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.report.copies import changeable
from grader.report.messages import UNSHOWN, sentence
from grader.report.models import HiddenPoints, Message

if TYPE_CHECKING:
    from grader.report.models import Audience, Cause, CheckResult, Report

TELLING = {"expected", "error", "allowed", "wanted"}
"""Arguments that disclose the right result."""
TEACHERS_ONLY = {"static.reference"}
"""Messages for the teacher only, who has to decide."""


def for_audience(
    report: Report,
    audience: Audience,
    public_seed: int | None = None,
    *,
    show_calls: bool = False,
) -> Report:
    """Return the report as ``audience`` may see it.

    Of checks that are not displayed a student sees only the sum of their points, and the seed only
    if it is the public one. Calls and right values are removed if the inputs are secret, unless
    ``show_calls``. What is removed cannot be restored: a student's report stays one.
    """
    result = changeable(report)
    if audience == "teacher" or report.audience == "student":
        return result
    concealed = [check for check in result.checks if check.visibility != "shown"]
    result.audience = "student"
    result.checks = [check for check in result.checks if check.visibility == "shown"]
    result.causes = _displayed(result.causes, {check.id for check in result.checks})
    result.hidden = _sum(concealed)
    for check in result.checks:
        check.feedback = [message for message in check.feedback if message.id not in TEACHERS_ONLY]
        check.answer = None  # the student has the file, and a report may be passed on
    _forget_names({check.id for check in concealed}, result)
    if public_seed is None or result.seed != public_seed:
        result.seed = None
        if not show_calls:
            _forget_calls(result)
    result.run.cpu_seconds = {
        check.id: result.run.cpu_seconds[check.id]
        for check in result.checks
        if check.id in result.run.cpu_seconds
    }
    # Faults name checks, the time depends on those that are not displayed, and the host is the
    # teacher's.
    result.run.faults = []
    result.run.seconds = None
    result.run.host = None
    return result


def _forget_calls(report: Report) -> None:
    """Remove inputs, pictures of them, and the right results beside wrong ones."""
    for check in report.checks:
        check.call = None
        check.picture = None
        for message in check.feedback:
            if message.id in UNSHOWN:
                args = {name: arg for name, arg in message.args.items() if name not in TELLING}
                message.args = args
                message.text = sentence(message.id, args, report.lang) or ""


def _displayed(causes: list[Cause], shown: set[str]) -> list[Cause]:
    """Return the causes of displayed checks, without the checks that are not displayed."""
    result = []
    for cause in causes:
        checks = [id_ for id_ in cause.checks if id_ in shown]
        if checks or cause.kind == "load":
            told_at = cause.told_at if cause.told_at in shown else None
            cause.told_at = told_at or (None if cause.kind == "load" else checks[0])
            cause.checks = checks
            result.append(cause)
    return result


def _sum(checks: list[CheckResult]) -> HiddenPoints | None:
    if not checks:
        return None
    return HiddenPoints(
        checks=len(checks),
        maximum=sum((check.maximum for check in checks), Decimal(0)),
        reached=sum((check.reached for check in checks), Decimal(0)),
    )


def _forget_names(names: set[str], report: Report) -> None:
    """Remove messages that name a check which is not displayed."""
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
