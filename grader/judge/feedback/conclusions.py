"""From the outcome of a check to a status, a blame and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.judge.failures import (
    CallFailedError,
    CheckFailedError,
    Finding,
    NotRunError,
    SystemFaultError,
)
from grader.judge.processes.load_notes import lacking
from grader.judge.processes.outcomes import (
    Crashed,
    Malformed,
    Outcome,
    OutOfMemory,
    Raised,
    ScratchFull,
    TimedOut,
    TooLarge,
    TooManyCallbacks,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.judge.processes.load_notes import LoadNote
    from grader.judge.reading.submission import Submission
    from grader.report.models import Blame, CheckStatus, Reason


@dataclass(frozen=True)
class Conclusion:
    """How a check or the load phase ended."""

    status: CheckStatus
    findings: tuple[Finding, ...] = ()
    blame: Blame | None = None
    reason: Reason | None = None


PASSED = Conclusion("passed")


def conclude(
    error: BaseException | None,
    check: str,
    submission: Submission,
    lost: Mapping[str, LoadNote] = MappingProxyType({}),
    blank: Finding | None = None,
) -> Conclusion:
    """Return how a check ended, given the exception that left it.

    ``lost``: names that the submission lacks because a statement was left out at loading.
    ``blank``: the finding about a blank that is not filled in yet.
    """
    match error:
        case None:
            return PASSED
        case CheckFailedError():
            return Conclusion("failed", _placed(error.findings, submission), "student")
        case CallFailedError():
            return conclude_call(error.function, error.outcome, submission, lost, blank)
        case NotRunError():
            return Conclusion("not_run", (error.finding,), None, error.reason)  # type: ignore[arg-type]
        case SystemFaultError():
            return Conclusion("error", (error.finding,), "system")
        case AssertionError():
            return Conclusion("failed", (Finding("check.failed"),), "student")
    finding = Finding("author.check", {"check": check})
    return Conclusion("error", (finding,), "author")


def _placed(findings: Sequence[Finding], submission: Submission) -> tuple[Finding, ...]:
    """Return findings with the quoted lines of the submission that they are about."""
    if all(finding.place is None for finding in findings):
        return tuple(findings)
    from grader.judge.feedback.exceptions import placed  # noqa: PLC0415 - few findings have a place

    told: list[Finding] = []
    for one in findings:
        told += [one] if one.place is None else placed(one.id, one.args, one.place, submission)
    return tuple(told)


def conclude_call(
    function: str,
    outcome: Outcome,
    submission: Submission,
    lost: Mapping[str, LoadNote] = MappingProxyType({}),
    blank: Finding | None = None,
) -> Conclusion:
    """Return how a check ended after a call that did not return."""
    if not isinstance(outcome, Raised):
        return conclude_process("call", outcome, function=function)
    if blank is not None:
        finding = Finding("call.blank", {"function": function, **blank.args})
        return Conclusion("error", (finding,), "student")
    from grader.judge.feedback import exceptions  # noqa: PLC0415 - where nothing is raised, nothing is said

    note = lacking(outcome, lost)
    if note is None:
        findings = exceptions.of_exception("call", outcome, submission, function=function)
    else:
        findings = exceptions.of_lost_name(function, outcome, note, submission)
    return Conclusion("error", findings, "student")


def conclude_process(phase: str, outcome: Outcome, **names: str) -> Conclusion:
    """Conclude from the end or a limit of a process; ``names`` are arguments of the message."""
    match outcome:
        case TimedOut(seconds, waiting):
            name = "call.waiting" if waiting and phase == "call" else f"{phase}.timeout"
            return Conclusion("timeout", (Finding(name, {**names, "seconds": seconds}),), "student")
        case OutOfMemory(megabytes):
            finding = Finding(f"{phase}.memory", {**names, "megabytes": megabytes})
            return Conclusion("memory", (finding,), "student")
        case ScratchFull(megabytes, files):
            limits = {"megabytes": megabytes, "files": files}
            finding = Finding(f"{phase}.scratch_full", {**names, **limits})
            return Conclusion("error", (finding,), "student")
        case Crashed(None):
            return Conclusion("crash", (Finding(f"{phase}.ended", {**names}),), "student")
        case Crashed(signal):
            finding = Finding(f"{phase}.crash", {**names, "signal": signal})
            return Conclusion("crash", (finding,), "student")
        case Malformed():
            return Conclusion("crash", (Finding(f"{phase}.malformed", {**names}),), "student")
    return _of_answer(phase, outcome, **names)


def _of_answer(phase: str, outcome: Outcome, **names: str) -> Conclusion:
    """Conclude from an answer that exceeds a limit; ``names`` are arguments of the message."""
    match outcome:
        case TooLarge() | TooManyCallbacks() if phase == "load":
            # Only a forged answer to loading can be that large, or call back.
            return Conclusion("crash", (Finding("load.malformed"),), "student")
        case TooLarge(None):
            return Conclusion("error", (Finding("call.too_many_values", {**names}),), "student")
        case TooLarge(megabytes):
            finding = Finding("call.too_large", {**names, "megabytes": megabytes})
            return Conclusion("error", (finding,), "student")
        case TooManyCallbacks(limit):
            finding = Finding("call.callbacks", {**names, "limit": limit})
            return Conclusion("error", (finding,), "student")
    raise TypeError(f"nothing to conclude from {outcome}")
