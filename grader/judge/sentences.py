"""From what happened to a status, a blame and the findings that say so."""

from __future__ import annotations

import difflib
import errno
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judge.failures import (
    CallFailedError,
    CheckFailedError,
    Finding,
    NotRunError,
    SystemFaultError,
)
from grader.judge.outcomes import (
    Crashed,
    Malformed,
    Outcome,
    OutOfMemory,
    Raised,
    Returned,
    ScratchFull,
    TimedOut,
    TooLarge,
    TooManyCallbacks,
)

if TYPE_CHECKING:
    from grader.course.models import CodeExercise
    from grader.judge.submission import Submission
    from grader.report.models import Blame, CheckStatus, Reason


@dataclass(frozen=True)
class Conclusion:
    """How a check or the load phase ended."""

    status: CheckStatus
    findings: tuple[Finding, ...] = ()
    blame: Blame | None = None
    reason: Reason | None = None


PASSED = Conclusion("passed")
OWN_SENTENCES = {"exit", "input", "import", "not_written"} | {
    "process",
    "semaphore",
    "debugger",
    "compile",
}
REFUSED = {
    "PermissionError",
    "FileNotFoundError",  # where no other files can be seen
    "BlockingIOError",  # a fork over the limit of processes
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "TimeoutError",
    "URLError",
    "gaierror",
    "timeout",
}
"""Names of exceptions in which reaching for files, network or programs ends in the sandbox."""
_NO_ROOM = tuple(f"[Errno {number}]" for number in (errno.EFBIG, errno.ENOSPC))


def conclude(error: BaseException | None, check: str, submission: Submission) -> Conclusion:
    """Return how a check ended, given what came out of it."""
    match error:
        case None:
            return PASSED
        case CheckFailedError():
            return Conclusion("failed", tuple(error.findings), "student")
        case CallFailedError():
            return of_call(error.function, error.outcome, submission)
        case NotRunError():
            return Conclusion("not_run", (error.finding,), None, error.reason)  # type: ignore[arg-type]
        case SystemFaultError():
            return Conclusion("error", (error.finding,), "system")
        case AssertionError():
            return Conclusion("failed", (Finding("check.failed"),), "student")
    finding = Finding("author.check", {"check": check, "type": type(error).__name__})
    return Conclusion("error", (finding,), "author")


def of_call(function: str, outcome: Outcome, submission: Submission) -> Conclusion:
    """Return how a check ended whose call did not return."""
    if isinstance(outcome, Raised):
        findings = _of_exception("call", outcome, submission, function=function)
        return Conclusion("error", findings, "student")
    return _of_process("call", outcome, function=function)


def _of_process(phase: str, outcome: Outcome, **names: str) -> Conclusion:
    """Conclude on what ended a process or hit a limit; ``names`` go into the message."""
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
    """Conclude on an answer that is too much; ``names`` go into the message."""
    match outcome:
        case TooLarge() | TooManyCallbacks() if phase == "load":
            # Only a forged answer to loading can be that large, or ask for anything.
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


def _of_exception(
    phase: str, raised: Raised, submission: Submission, **names: str
) -> tuple[Finding, ...]:
    """Return the findings about an exception, with its place in the student's own file."""
    own_sentence = raised.why if raised.why in OWN_SENTENCES else "raised"
    if phase == "load" and own_sentence == "not_written":
        own_sentence = "raised"
    if phase == "load" and raised.why in {"syntax", "indentation"}:
        own_sentence = raised.why
    if own_sentence == "raised" and _refused(raised):
        own_sentence = "refused"
    if own_sentence == "import":
        args: dict[str, Any] = {**names, "module": raised.module or "?"}
    elif own_sentence in OWN_SENTENCES:
        args = dict(names)
    else:
        detail = _without_place(raised.detail or "", submission)
        args = {**names, "type": raised.type, "detail": detail}
        if raised.detail is None:
            own_sentence = "raised_unprintable"
    if raised.line is None:
        # Without a place in the student's file the sentence must not speak of a line.
        suffix = "" if own_sentence in OWN_SENTENCES else "_nowhere"
        return (Finding(f"{phase}.{own_sentence}{suffix}", args),)
    position = submission.where(raised.line)
    args["line"] = position.line
    where = () if position.cell is None else (Finding("where.cell", {"cell": position.cell}),)
    return (Finding(f"{phase}.{own_sentence}", args), *where)


def _refused(raised: Raised) -> bool:
    """Tell whether an exception is how the sandbox says no."""
    no_room = raised.type == "OSError" and (raised.detail or "").startswith(_NO_ROOM)
    return raised.type in REFUSED or no_room


def _without_place(detail: str, submission: Submission) -> str:
    """Take off what Python adds to a syntax error: `` (file.py, line 2)``, which we say anyway."""
    return re.sub(rf" \({re.escape(submission.name)}, line \d+\)\Z", "", detail)


def of_load(outcome: Outcome, exercise: CodeExercise, submission: Submission) -> Conclusion:
    """Return how the load phase ended: importing the file, and finding what is asked for.

    A submission in which one of several functions is missing is loaded all the same: only the
    checks that call it are not run.
    """
    if isinstance(outcome, Raised):
        return Conclusion("error", _of_exception("load", outcome, submission), "student")
    if not isinstance(outcome, Returned):
        return _of_process("load", outcome)
    found = outcome.value.get("functions")
    names = outcome.value.get("names")
    missing = [
        finding
        for name, parameters in exercise.functions.items()
        for finding in _missing(name, parameters, found, names)
    ]
    if not missing:
        return PASSED
    return Conclusion("failed", tuple(missing), "student")


def usable(outcome: Outcome, exercise: CodeExercise) -> bool:
    """Tell whether at least one asked function can be called."""
    if not isinstance(outcome, Returned):
        return False
    found = outcome.value.get("functions")
    return isinstance(found, dict) and any(
        isinstance(found.get(name), dict) and found[name].get("fits") is True
        for name in exercise.functions
    )


def _missing(name: str, parameters: Sequence[str], found: Any, names: Any) -> list[Finding]:
    signature = f"{name}({', '.join(parameters)})"
    entry = found.get(name) if isinstance(found, Mapping) else None
    match entry:
        case {"callable": True, "fits": True}:
            return []
        case {"callable": True, "signature": str(got)}:
            args = {"name": name, "signature": signature, "got": f"{name}{got}"}
            return [Finding("load.signature", args)]
        case {"callable": False, "type": str(kind)}:
            return [Finding("load.not_callable", {"name": name, "type": kind})]
    known = [other for other in names if isinstance(other, str)] if isinstance(names, list) else []
    folded = {other.casefold(): other for other in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
    if near:
        args = {"name": name, "signature": signature, "found": folded[near[0]]}
        return [Finding("load.missing_near", args)]
    return [Finding("load.missing", {"name": name, "signature": signature})]
