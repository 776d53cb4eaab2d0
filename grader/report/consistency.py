"""Consistency of a report: one that was altered, by hand or by a disk, is refused.

The models validate each field; this module compares the fields with each other.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import Phrase
from grader.report.statuses import status_in_words
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.course.loading import LoadedExercise
    from grader.report.models import CheckResult, HiddenPoints, Message, Report

PROBLEMS = {
    "order": msgid(
        "{{reached}} points reached, {{reachable}} reachable and {{maximum}} at most do not go "
        "together"
    ),
    "sum": msgid("the checks come to {{sum}} points, and {{reached}} are reached"),
    "maximum": msgid("the checks are worth {{sum}} points, and the exercise {{maximum}}"),
    "reachable": msgid("{{reachable}} points are reachable by the checks, and {{told}} as told"),
    "twice": msgid("the check {{check}} stands there twice"),
    "check": msgid("the check {{check}} has {{reached}} of {{maximum}} points and is {{status}}"),
    "key_points": msgid(
        "the key points of {{check}} come to {{sum}} points, and it is worth {{maximum}}"
    ),
    "cause": msgid("what explains its checks names {{check}}, which it has not, or has twice"),
    "not_run": msgid("the check {{check}} is {{status}}, and has the reason {{reason}}"),
    "concealed": msgid("a student's report tells of checks that are not shown"),
    "status": msgid("it is {{status}}, and has {{reached}} points"),
    "headline": msgid("its headline {{headline}} does not fit {{reached}} of {{reachable}} points"),
    "isolation": msgid("isolation level {{level}} is not called {{name}}"),
    "time": msgid("a time in it is no time"),
    "exercise": msgid("the course has another exercise {{exercise}}"),
    "course_check": msgid(
        "the exercise {{exercise}} has no check {{check}} for {{maximum}} points"
    ),
}
# Statuses without points; a failed question may have some of its points, a failed check has none.
_NO_POINTS = {"error", "crash", "timeout", "memory", "not_run", "needs_review", "unanswered"}
# Headlines of statuses that have their own, and those that follow from the points.
_HEADLINES = {
    "needs_review": "headline.review",
    "unreadable": "headline.unreadable",
    "ungraded": "headline.ungraded",
}
_OF_POINTS = {
    f"headline.{name}"
    for name in (
        "all",
        "partial",
        "some",
        "open",
        "hidden",
        "incomplete",
        "none",
        "none_question",
        "unanswered",
        "load",
    )
}


@dataclass(frozen=True)
class Contradiction:
    """A contradiction in a report: an id of PROBLEMS and the arguments of its sentence."""

    id: str
    args: dict[str, Any] = field(default_factory=dict)

    def sentence(self, t: Translator) -> str:
        """Return the reason in a language, as part of a sentence."""
        args = dict(self.args)
        if "status" in args:
            args["status"] = status_in_words(args["status"])
        return Phrase(PROBLEMS[self.id], args).localised(t)


def contradiction(report: Report) -> Contradiction | None:
    """Return the first contradiction of a report, None if it is consistent."""
    return next(_contradictions(report), None)


def differs(report: Report, exercise: LoadedExercise) -> Contradiction | None:
    """Return the first difference between a report and the exercise that it names, if any."""
    model, told = exercise.model, report.exercise
    if (told.slug, told.kind) != (model.slug, model.kind):
        return Contradiction("exercise", {"exercise": told.id})
    if report.grading_hash != exercise.grading_hash:
        return None  # judged by another version of the exercise: not comparable
    worth = _worth(exercise)
    for check in report.checks:
        if worth.get(check.id) != check.maximum:
            args = {"exercise": told.id, "check": check.id, "maximum": check.maximum}
            return Contradiction("course_check", args)
    return None


def _worth(exercise: LoadedExercise) -> dict[str, int]:
    if exercise.model.kind == "code":
        return {name: check.points for name, check in exercise.model.checks.items()}
    return {question.id: question.points for question in exercise.model.questions}


def _contradictions(report: Report) -> Iterator[Contradiction]:
    yield from _points(report)
    ids = Counter(check.id for check in report.checks)
    for check in report.checks:
        if ids[check.id] > 1:
            yield Contradiction("twice", {"check": check.id})
        yield from _check(check, report)
    yield from _causes(report)
    yield from _concealed(report)
    yield from _verdict(report)
    isolation = report.isolation
    if isolation is not None and Level(isolation.level).label != isolation.name:
        yield Contradiction("isolation", {"level": isolation.level, "name": isolation.name})
    times = [*report.run.cpu_seconds.values(), report.run.seconds or 0]
    if not all(math.isfinite(seconds) and seconds >= 0 for seconds in times):
        yield Contradiction("time")


def _points(report: Report) -> Iterator[Contradiction]:
    reached, reachable, maximum = report.reached, report.reachable, report.maximum
    if not reached <= reachable <= maximum:
        args = {"reached": reached, "reachable": reachable, "maximum": maximum}
        yield Contradiction("order", args)
    parts: list[CheckResult | HiddenPoints] = [*report.checks]
    parts += [] if report.hidden is None else [report.hidden]
    got = sum((part.reached for part in parts), Decimal(0))
    if got != reached:
        yield Contradiction("sum", {"sum": got, "reached": reached})
    if not parts:
        return  # a submission that was never judged has no checks
    worth = sum((part.maximum for part in parts), Decimal(0))
    if worth != maximum:
        yield Contradiction("maximum", {"sum": worth, "maximum": maximum})
    left_out = sum((one.maximum for one in report.checks if one.reason == "device"), Decimal(0))
    most = maximum - left_out
    least = most - (Decimal(0) if report.hidden is None else report.hidden.maximum)
    if not least <= reachable <= most:
        yield Contradiction("reachable", {"reachable": most, "told": reachable})


def _check(check: CheckResult, report: Report) -> Iterator[Contradiction]:
    none = check.status in _NO_POINTS or (
        check.status == "failed" and report.exercise.kind == "code"
    )
    fits = check.reached <= check.maximum and not (none and check.reached)
    if check.status == "passed" and check.reached != check.maximum:
        fits = False
    if not fits:
        args = {
            "check": check.id,
            "reached": check.reached,
            "maximum": check.maximum,
            "status": check.status,
        }
        yield Contradiction("check", args)
    sum_ = sum((point.points for point in check.key_points), Decimal(0))
    if check.key_points and sum_ != check.maximum:
        args = {"check": check.id, "sum": sum_, "maximum": check.maximum}
        yield Contradiction("key_points", args)
    if check.reason is not None and check.status not in {"not_run", "other"}:
        args = {"check": check.id, "status": check.status, "reason": check.reason}
        yield Contradiction("not_run", args)


def _causes(report: Report) -> Iterator[Contradiction]:
    """Check that each check is under at most one cause, and that it exists."""
    known = {check.id for check in report.checks}
    for cause in report.causes:
        named = [] if cause.told_at is None or cause.told_at in cause.checks else [cause.told_at]
        for check in (*cause.checks, *named):
            if check not in known or named:
                yield Contradiction("cause", {"check": check})
            known.discard(check)
        if not cause.checks and cause.kind != "load":
            yield Contradiction("cause", {"check": cause.id})


def _concealed(report: Report) -> Iterator[Contradiction]:
    if report.audience == "teacher" and report.hidden is None:
        return
    shown = all(check.visibility == "shown" for check in report.checks)
    hidden = report.hidden
    if report.audience == "teacher" or not shown:
        yield Contradiction("concealed")
    if hidden is not None and hidden.reached > hidden.maximum:
        args = {
            "reached": hidden.reached,
            "reachable": hidden.maximum,
            "maximum": hidden.maximum,
        }
        yield Contradiction("order", args)


def _verdict(report: Report) -> Iterator[Contradiction]:
    if report.status == "unreadable" and (report.checks or report.reached):
        yield Contradiction("status", {"status": report.status, "reached": report.reached})
    if report.headline is not None and not _fits(report.headline, report):
        args = {
            "headline": report.headline.id,
            "reached": report.reached,
            "reachable": report.reachable,
        }
        yield Contradiction("headline", args)


def _fits(headline: Message, report: Report) -> bool:
    """Return whether a headline agrees with the points and the status; unknown ones do."""
    reached, reachable = report.reached, report.reachable
    args = headline.args
    stated = args.get("reached"), args.get("maximum", args.get("reachable"))
    own = _HEADLINES.get(report.status)
    if headline.id in {*_HEADLINES.values(), *_OF_POINTS} and own is not None:
        return headline.id == own
    match headline.id:
        case "headline.all" | "headline.partial":
            return reached == reachable and _same(stated[1], reachable)
        case "headline.some" | "headline.open" | "headline.hidden" | "headline.incomplete":
            fits = _same(stated[0], reached) and _same(stated[1], reachable)
            return fits and (headline.id != "headline.incomplete" or report.status == "incomplete")
        case "headline.elsewhere":
            return reachable == 0 and report.status == "incomplete"
        case "headline.none" | "headline.none_question" | "headline.unanswered" | "headline.load":
            return reached == 0
        case _:
            return headline.id not in _HEADLINES.values()


def _same(stated: object, points: Decimal) -> bool:
    return stated is None or (isinstance(stated, int | float) and float(stated) == float(points))
