"""What the checks of a report came to, as systems for tests see it: passed or not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.course.languages import Translator, msgid
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report.models import CheckResult, Message, Report

Verdict = Literal["passed", "failed", "error", "waits"]
"""`error`: not the student's fault, or nothing was run; `waits`: neither right nor wrong yet."""
LOAD = "load"


@dataclass(frozen=True)
class Outcome:
    """The end of one check, or of the phase before the checks.

    ``title``, ``text``: in the language of the report. ``seconds``: CPU time.
    """

    id: str
    title: str
    verdict: Verdict
    status: str
    text: str = ""
    seconds: float = 0.0


def outcomes(report: Report) -> Iterator[Outcome]:
    """Yield the outcomes of a report, those of its checks in their order."""
    t = Translator(report.lang)
    load = report.load
    broken = load is not None and load.status != "passed"
    if report.status in {"unreadable", "ungraded"} or broken or not report.checks:
        messages = load.feedback if load is not None else []
        text = _text([*([report.headline] if report.headline else []), *messages])
        blamed = report.status == "ungraded" or (load is not None and load.blame == "system")
        verdict: Verdict = "error" if blamed else "failed"
        yield Outcome(LOAD, t(LOADING), verdict, report.status, text)
    for check in report.checks:
        seconds = report.run.cpu_seconds.get(check.id, 0.0)
        text = _text(check.feedback)
        yield Outcome(
            check.id, check.title or check.id, _verdict(check), check.status, text, seconds
        )


LOADING = msgid("The file can be read and run")


def _verdict(check: CheckResult) -> Verdict:
    if check.status == "passed":
        return "passed"
    if check.status == "needs_review" or check.reason == "device":
        return "waits"
    return "error" if check.blame in {"author", "system"} else "failed"


def _text(messages: list[Message]) -> str:
    return "\n".join(clean(message.text) for message in messages if message.text)
