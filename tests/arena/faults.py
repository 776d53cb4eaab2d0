"""What is wrong with what became of an attack: the promises that it broke."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from arena import planted
from arena.catcher import ANSWER
from arena.corpus import Attack
from grader.report.models import Report

Result = Mapping[str, Any]
"""What an arena has answered."""

GRADED = {"graded", "needs_review", "incomplete"}
SECONDS_BEYOND_BUDGET = 2
UNCOUNTED = 10
"""So many times longer it may take where nobody counts how long programs waited."""
LONGEST = 500
MARKER = ANSWER.decode().strip()


def faults(
    attack: Attack, result: Result, seed: int | None = None, *, patient: bool = False
) -> list[str]:
    """Return a sentence for each promise that was broken; none is what is wanted.

    ``result``: what ``Arena.judge`` returned; ``seed``: the secret one, if there was one. With
    ``patient``, time does not count in which programs had to wait for a processor.
    """
    judged, next_one = result["attack"], result["honest"]
    report = Report.model_validate(json.loads(judged["report"]))
    return [
        *_of_report(attack, report, judged["faults"]),
        *_of_next(next_one),
        *_of_secrets(_seen(result), seed),
        *_of_remains(result),
        *_of_time(judged, patient=patient),
    ]


def too_slow(found: Sequence[str]) -> bool:
    """Whether nothing is wrong but the time: the machine may have been busy."""
    return bool(found) and all(fault.startswith("time: ") for fault in found)


def _of_report(attack: Attack, report: Report, notes: Sequence[str]) -> Iterator[str]:
    if report.status not in GRADED:
        yield f"verdict: {report.status}, {notes}"
    blamed = {part.blame for part in (report.load, *report.checks) if part is not None}
    if others := sorted(map(str, blamed - {None, "student"})):
        yield f"verdict: {others} is blamed, {notes}"
    if attack.status not in {None, report.status}:
        yield f"verdict: {report.status} instead of {attack.status}"
    if report.reached != attack.honest:
        checks = [(check.id, check.status) for check in report.checks if check.reached]
        yield f"points: {report.reached} instead of {attack.honest}: {checks}, {report.hidden}"


def _of_next(judged: Result) -> Iterator[str]:
    report = Report.model_validate(json.loads(judged["report"]))
    if not report.passed:
        yield f"next: the honest answer gets {report.reached}, {report.status}, {judged['faults']}"


def _seen(result: Result) -> Iterator[tuple[str, str]]:
    """Yield all that a student can see, with where."""
    attack = result["attack"]
    yield "report", attack["report"]
    yield "standard streams", result["printed"]
    yield from ((f"view in {lang}", text) for lang, text in attack["shown"].items())
    yield from result["caught"]


def _of_secrets(seen: Iterable[tuple[str, str]], seed: int | None) -> Iterator[str]:
    secrets = planted.CANARIES | {name: name for name in planted.hidden_names()}
    secrets |= {"mark of success": MARKER}
    if seed is not None:
        secrets["seed"] = str(seed)
    for where, text in seen:
        for what, secret in secrets.items():
            if secret in text:
                yield f"secret: {what} in {where}"


def _of_remains(result: Result) -> Iterator[str]:
    for what in ("processes", "changed", "caught"):
        if result[what]:
            yield f"{what}: {result[what]}"[:LONGEST]
    if result["printed"]:
        yield f"printed: {result['printed'][-LONGEST:]}"


def _of_time(judged: Result, *, patient: bool) -> Iterator[str]:
    allowed, excused = judged["budget"] + SECONDS_BEYOND_BUDGET, 0.0
    if patient and judged["stalled"] is None:
        allowed *= UNCOUNTED
    elif patient:
        excused = judged["stalled"]
    if judged["seconds"] - excused > allowed:
        yield f"time: {judged['seconds']:.1f} s of {allowed} s"
