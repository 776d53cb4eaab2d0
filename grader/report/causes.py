"""The causes of checks that did not pass: each cause once, the first to fix first.

This module reads only the report, so that a stored one is grouped as well. The judge, which can run
further calls, refines the causes: see `grader.judge.checking.causes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.report.models import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.report.models import CauseKind, CheckResult, LoadResult, Message, Report, Scalar

LIMITS = {"timeout", "memory", "crash"}
NOTE = "note."
_STATIC = "static."
_EXERCISE = "exercise."
_TRANSFORM = "transform."
_QUIZ = "quiz."
_DIGITS = re.compile(r"0x[0-9a-fA-F]+|\d+")
_ONE_KIND = {
    "compare.value": "compare.values",
    "compare.row": "compare.values",
    "compare.nan_value": "compare.nan",
    "compare.inf_value": "compare.inf",
}
"""Sentences about the same mistake, in a number and in an array."""
# Ranks of causes, the first to fix first.
_LOAD, _EXPLAINED, _BARE, _WAITING = range(4)
_RANKS: dict[CauseKind, int] = {"load": _LOAD, "finding": _BARE, "other": _WAITING}


@dataclass(frozen=True)
class Explanation:
    """The cause of one check. Those with equal ``identity`` are one cause."""

    kind: CauseKind
    id: str
    identity: tuple[object, ...] = ()


def of_own_work(message: Message) -> bool:
    """Return True if a message is about whose work an answer is, not about a mistake."""
    return message.id.startswith(_STATIC)


def causes_of(report: Report) -> list[Cause]:
    """Return the causes of a report, from its load phase and its checks only.

    Checks that are not displayed do not affect the causes of those that are.
    """
    failing = [check for check in report.checks if check.status not in {"passed", "not_run"}]
    shown = [check for check in failing if check.visibility == "shown"]
    concealed = [check for check in failing if check.visibility != "shown"]
    groups: dict[Explanation, list[CheckResult]] = {}
    for check in (*shown, *concealed):
        groups.setdefault(explanation(check), []).append(check)
    causes = [
        Cause(kind=why.kind, id=why.id, checks=[check.id for check in checks])
        for why, checks in groups.items()
    ]
    load = _of_load(report.load)
    return arranged(report.checks, [*load, *causes])


def nothing_but_open(report: Report) -> bool:
    """Return True if there are unanswered questions, and nothing else to fix."""
    open_ = [check.status for check in report.checks if check.status != "passed"]
    return bool(open_) and set(open_) == {"unanswered"}


def first_sentence(report: Report, cause: Cause) -> str:
    """Return the first sentence about a cause, with its text if the report is localised."""
    tellers = [check.feedback for check in report.checks if check.id == cause.told_at]
    load = [] if report.load is None else [report.load.feedback]
    messages = next(iter(tellers or load), [])
    return next((message.text for message in messages if message.text), "")


def arranged(checks: Sequence[CheckResult], causes: Iterable[Cause]) -> list[Cause]:
    """Return causes in the order in which to fix them, each reported at its simplest check.

    A check that was not run, because it needs another check, a loadable file or more time, is
    listed under the cause of that.
    """
    result = [
        cause.model_copy(deep=True) for cause in causes if cause.checks or cause.kind == "load"
    ]
    _place_not_run(checks, result)
    order = {check.id: number for number, check in enumerate(_displayed_first(checks))}
    known = {check.id: check for check in checks}
    for cause in result:
        cause.checks.sort(key=order.__getitem__)
        if cause.kind != "load":
            cause.told_at = _teller(cause, [known[id_] for id_ in cause.checks])
            cause.checks.sort(key=lambda id_, teller=cause.told_at: id_ != teller)  # type: ignore[misc]
    first = {id(cause): min(map(order.__getitem__, cause.checks), default=0) for cause in result}
    return sorted(result, key=lambda cause: (_RANKS.get(cause.kind, _EXPLAINED), first[id(cause)]))


def explanation(check: CheckResult) -> Explanation:
    """Return the reason that a failed check gives."""
    first = check.feedback[0] if check.feedback else None
    if check.misconception is not None:
        return Explanation("misconception", check.misconception)
    if check.observation is not None:
        own = first is not None and first.id.startswith(_EXERCISE)
        # An observation of the exercise is one cause whatever its names, which differ between
        # calls.
        return Explanation("observation", check.observation, () if own else _kept(first))
    if first is None or check.blame in {"author", "system"} or check.status == "needs_review":
        return _other(check, first)
    if first.id.startswith(_TRANSFORM):
        return Explanation("observation", first.id, _kept(first))
    if check.status in LIMITS:
        return Explanation("limit", first.id, (first.args.get("function"),))
    if check.status == "error":
        return Explanation("exception", first.id, exception_identity(check.feedback))
    if first.id.startswith(_QUIZ):
        return Explanation("finding", first.id, tuple(first.args.items()))
    return Explanation("finding", _ONE_KIND.get(first.id, first.id))


def exception_identity(feedback: Iterable[Message]) -> tuple[object, ...]:
    """Return the key by which exceptions count as equal: place, type, words."""
    known: dict[str, Scalar] = {}
    for message in feedback:
        for name, value in message.args.items():
            known.setdefault(name, value)
    detail = known.get("detail")
    where = [known.get(name) for name in ("line", "cell", "file")]
    words = _blanked(detail) if isinstance(detail, str) else None
    function = known.get("function") if known.get("line") is None else None
    return (*where, known.get("type"), known.get("explained"), words, function)


def _other(check: CheckResult, first: Message | None) -> Explanation:
    if first is None:
        return Explanation("other", check.status)
    if check.key_points:  # the key points of one question
        return Explanation("other", first.id, (check.id,))
    own_work = check.status == "needs_review" and of_own_work(first)
    return Explanation("other", _STATIC.rstrip(".") if own_work else first.id)


def _kept(first: Message | None) -> tuple[object, ...]:
    """Return the words among the arguments of a sentence: numbers differ between inputs."""
    args = {} if first is None else first.args
    return tuple((name, _blanked(v)) for name, v in args.items() if isinstance(v, str))


def _blanked(text: str) -> str:
    return _DIGITS.sub("0", text)


def _of_load(load: LoadResult | None) -> list[Cause]:
    messages = [] if load is None else [m for m in load.feedback if not m.id.startswith(NOTE)]
    if load is None or load.status == "passed":
        return []
    return [Cause(kind="load", id=messages[0].id if messages else load.status)]


def _place_not_run(checks: Sequence[CheckResult], causes: list[Cause]) -> None:
    """Put checks that were not run under the cause that prevented them, or under their own."""
    placed = {id_ for cause in causes for id_ in cause.checks}
    waiting = [
        check
        for check in _displayed_first(checks)
        if check.status == "not_run" and check.reason != "device" and check.id not in placed
    ]
    for _ in range(len(waiting)):  # a check that is not run may prevent another one
        for check in waiting:
            if check.id not in placed and (cause := _keeping(check, checks, causes)) is not None:
                cause.checks.append(check.id)
                placed.add(check.id)
    for check in waiting:
        if check.id not in placed:
            id_ = check.feedback[0].id if check.feedback else check.status
            kind: CauseKind = "limit" if check.reason == "budget" else "other"
            own = next((cause for cause in causes if (cause.kind, cause.id) == (kind, id_)), None)
            if own is None or not _may_join(check, own, checks):
                own = Cause(kind=kind, id=id_)
                causes.append(own)
            own.checks.append(check.id)


def _keeping(
    check: CheckResult, checks: Sequence[CheckResult], causes: list[Cause]
) -> Cause | None:
    """Return the cause that prevented a check from being run."""
    needed = check.feedback[0].args.get("check") if check.feedback else None
    for cause in causes:
        match check.reason:
            case "load":
                found = cause.kind == "load"
            case "budget":
                found = cause.kind == "limit"
            case _:
                found = needed in cause.checks
        if found and _may_join(check, cause, checks):
            return cause
    return None


def _may_join(check: CheckResult, cause: Cause, checks: Sequence[CheckResult]) -> bool:
    """Return False for a displayed check under a cause that only hidden checks show."""
    displayed = {one.id for one in checks if one.visibility == "shown"}
    return (
        check.visibility != "shown"
        or cause.kind == "load"
        or any(id_ in displayed for id_ in cause.checks)
    )


def _displayed_first(checks: Sequence[CheckResult]) -> list[CheckResult]:
    return sorted(checks, key=lambda check: check.visibility != "shown")


def _teller(cause: Cause, checks: Sequence[CheckResult]) -> str:
    """Return the check at which a cause is reported: the simplest call among those that name it."""
    speaking = [check for check in checks if _speaks(check, cause)] or list(checks)
    return min(speaking, key=lambda check: (_complexity(check), _length(cause, check))).id


def _speaks(check: CheckResult, cause: Cause) -> bool:
    if check.status == "not_run":
        return False
    return explanation(check).kind == cause.kind and explanation(check).id == cause.id


def _length(cause: Cause, check: CheckResult) -> int:
    """Return the sort key by which an answer for review is reported at the longest message."""
    return -len(check.feedback) if cause.kind == "other" else 0


def _complexity(check: CheckResult) -> tuple[bool, bool, int]:
    """Return the key that sorts shown calls from small to large; displayed checks come first."""
    call, hidden = check.call, check.visibility != "shown"
    if call is None:
        return hidden, True, 0
    written = [*(argument.code for argument in call.arguments), *call.program]
    return hidden, call.shortened, sum(code.count(",") + 1 for code in written)
