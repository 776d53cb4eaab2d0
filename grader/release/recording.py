"""What the author's own programs answer to the shown checks, recorded as a kit needs it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.judge.checking.observer import JudgeObserver
from grader.judge.checking.sealed_results import SealedResults, is_sealable, result_bytes
from grader.judge.processes.sandboxed_program import REFERENCE
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.judge.validation.single_checks import spoilt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.course.devices import Device
    from grader.course.loading import LoadedExercise
    from grader.judge.processes.outcomes import Outcome, Returned
    from grader.judge.processes.sandboxed_program import FunctionCall
    from grader.judge.reading.submission import Submission
    from grader.judge.run import JudgedReport
    from grader.report.models import Report

MOST = 1 << 16
"""Bytes of a result of a known wrong answer that a kit holds; by larger ones none is recognised."""
NUDGED = "nudged"
"""The name of an answer that differs from the reference as right answers may."""
PASSED, FAILED = "passed", {"failed", "error"}


@dataclass
class Recorded:
    """The results of one exercise on one device.

    ``open``: checks of which a kit cannot hold what they ask the reference for, since that differs
    with the answer, or has no key. ``ended``: whether each known wrong answer passed each check.
    ``reports``: those of all answers of the author's own, by their paths.
    """

    results: SealedResults = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    ended: dict[str, dict[str, bool]] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)


def own_answers(exercise: LoadedExercise) -> dict[str, str]:
    """Return every source of the author's own, by a path: the reference first."""
    model = exercise.code
    wrong = [name for known in model.misconceptions for name in exercise.variants(known.id)]
    return {
        "reference": exercise.reference_source,
        **{f"styles/{name}": text for name, text in exercise.style_sources.items()},
        **{f"misconceptions/{name}": exercise.misconception_source(name) for name in wrong},
        **{f"alike/{one.id}": exercise.alike_source(one.id) for one in model.alike},
        **{f"observed/{name}": exercise.observed_source(name) for name in model.observations},
        **{f"remarks/{name}": exercise.remark_source(name) for name in model.remarks},
        **{f"library/{name}": text for name, text in exercise.library_answers.items()},
        "stub": exercise.stub_source,
    }


class _Recorder(JudgeObserver):
    """Notes what each answer has each check ask the reference for."""

    def __init__(self) -> None:
        self.answer = self.check = ""
        self.asked: dict[str, dict[str, set[bytes | None]]] = {}
        self.results: SealedResults = {}

    def check_begun(self, check: str, _visibility: str) -> None:
        """Note the check."""
        self.check = check

    def note(self, call: FunctionCall, outcome: Outcome) -> None:
        """Note a call of the reference, and its result."""
        key = call.expressed if is_sealable(call) else None
        self.asked.setdefault(self.check, {}).setdefault(self.answer, set()).add(key)
        if key is not None:
            self.results[REFERENCE, key] = outcome  # which has returned, or raised

    def submissions(self, sources: Mapping[str, str]) -> Iterator[Submission]:
        """Yield each answer when it is to be judged."""
        for name, source in sources.items():
            self.answer = name
            yield read_bytes(source.encode(), "answer.py", "code")

    def open_checks(self) -> set[str]:
        """Return the checks whose calls of the reference depend on the answer, or have no key."""
        return {
            check
            for check, asked in self.asked.items()
            for calls in asked.values()
            if None in calls or not calls <= asked.get("reference", set())
        }


def record(exercise: LoadedExercise, device: Device, shown: frozenset[str]) -> Recorded:
    """Return the results that a kit holds of an exercise for a device."""
    recorder = _Recorder()
    sources = own_answers(exercise)
    options = Options(
        device=device, of_author=True, only=shown, names=False, apart=True, observer=recorder
    )
    with Judge(exercise, options) as judge:
        context = judge.exercise_context()
        context.noted = recorder.note
        judge.judge_all(recorder.submissions({NUDGED: exercise.reference_source}), spoil=_nudged)
        judged = dict(zip(sources, judge.judge_all(recorder.submissions(sources)), strict=True))
        recorded = Recorded(recorder.results, recorder.open_checks())
        calls = _distinct(judged.values())
        wrong = [name.partition("/")[2] for name in sources if name.startswith("misconceptions/")]
        for name in (REFERENCE, *wrong):  # each is loaded once for all calls
            for key, call in calls.items():
                outcome = context.replay(name, call)
                if result_bytes(outcome) < (math.inf if name == REFERENCE else MOST):
                    recorded.results[name, key] = outcome
    recorded.reports = {name: one.report for name, one in judged.items()}
    for name in wrong:
        checks = judged[f"misconceptions/{name}"].report.checks
        recorded.ended[name] = {
            check.id: check.status == PASSED
            for check in checks
            if check.status == PASSED or check.status in FAILED
        }
    return recorded


def _nudged(_call: FunctionCall, right: Returned) -> Returned:
    """Return a result as right as the reference's, and other: float32 tells the two apart."""
    return replace(right, value=spoilt(right.value, lambda array: array * (1 + 2.0**-22)))


def _distinct(judged: Iterable[JudgedReport]) -> dict[bytes, FunctionCall]:
    """Return every call of the submissions that has a key, once."""
    found: dict[bytes, FunctionCall] = {}
    for one in judged:
        for recorded in (call for calls in one.calls.values() for call in calls):
            key = recorded.call.expressed
            if key is not None and is_sealable(recorded.call):
                found.setdefault(key, recorded.call)
    return found
