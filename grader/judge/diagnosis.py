"""Naming the student's own mistake: which known wrong answer behaves exactly like this one.

A false sentence is worse than none: whatever speaks against a name takes it off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.course.models import Tolerance
from grader.judge.candidate import REFERENCE, Call
from grader.judge.compare import coarsest_epsilon
from grader.judge.outcomes import Outcome, Raised, Returned
from grader.judge.same import Measure, same_outcome
from grader.judge.transformations import Pair, explain, pairs
from grader.wire.values import Drained, Tensor

if TYPE_CHECKING:
    from grader.judge.failures import Finding
    from grader.judge.subject import Recorded

Replay = Callable[[str, Call], Outcome]
"""Makes a call of a program: a misconception by its name, or the reference by the empty name."""


@dataclass(frozen=True)
class Diagnosis:
    """What was recognised: misconceptions by check, or one transformation of all results."""

    misconceptions: Mapping[str, str]
    transformation: Finding | None = None


@dataclass(frozen=True)
class Evidence:
    """What is known of a submission, and how to ask what a known wrong answer does in its place.

    ``failing`` and ``passing`` hold the recorded calls by check; ``fails`` tells whether a
    misconception fails a check.
    """

    failing: Mapping[str, Sequence[Recorded]]
    replay: Replay
    passing: Mapping[str, Sequence[Recorded]] = field(default_factory=dict)
    fails: Callable[[str, str], bool] = lambda _name, _check: False
    tolerance: Tolerance = field(default_factory=Tolerance)


def diagnose(evidence: Evidence, known: Sequence[str]) -> Diagnosis:
    """Recognise misconceptions in the recorded calls of failing checks.

    ``known`` lists misconceptions in their declared order: ids, and what stands behind a dot for
    the variants of one. One is named for a check when it reproduces every call, differs from the
    reference on at least one, and fails no check that the submission passes. Where several do,
    the one that explains most failing checks, then the first declared.
    """
    usable = {check: calls for check, calls in evidence.failing.items() if _replayable(calls)}
    measured = {check: [(c, _measure(c.call, evidence)) for c in usable[check]] for check in usable}
    # Misconception by misconception: each is loaded once, however many checks it is tried on.
    explained: dict[str, set[str]] = {}
    for name in known:
        fitting = {
            check for check, calls in measured.items() if _fits(name, calls, evidence.replay)
        }
        if fitting and _tells(fitting, usable) and not _contradicted(name, evidence):
            explained.setdefault(name.partition(".")[0], set()).update(fitting)
    order = list(explained)
    votes = Counter({name: len(checks) for name, checks in explained.items()})
    named: dict[str, str] = {}
    for check in usable:
        fit = [name for name in order if check in explained[name]]
        if fit:
            named[check] = max(fit, key=lambda name: (votes[name], -order.index(name)))
    if named or not usable:
        return Diagnosis(named)
    return Diagnosis(named, _transformation(list(usable.values()), evidence))


def _replayable(calls: Sequence[Recorded]) -> bool:
    """A call that never ended tells nothing, and would not end again."""
    return bool(calls) and all(isinstance(c.outcome, Returned | Raised) for c in calls)


def _measure(call: Call, evidence: Evidence) -> Measure:
    inputs = [*call.args, *call.kwargs.values()]
    return Measure(evidence.tolerance, coarsest_epsilon(inputs))


def _fits(name: str, calls: Sequence[tuple[Recorded, Measure]], replay: Replay) -> bool:
    def differs(*, strict: bool) -> bool:
        return any(
            not same_outcome(
                replay(name, c.call), replay(REFERENCE, c.call), replace(measure, strict=strict)
            )
            for c, measure in calls
        )

    def strictly() -> bool:
        return all(
            same_outcome(c.outcome, replay(name, c.call), replace(measure, strict=True))
            for c, measure in calls
        )

    # What is not the same by the loose measure is not the same by the strict one.
    loosely = all(same_outcome(c.outcome, replay(name, c.call), measure) for c, measure in calls)
    return loosely and ((strictly() and differs(strict=True)) or differs(strict=False))


def _contradicted(name: str, evidence: Evidence) -> bool:
    """Who makes this mistake would fail a check that the submission passes."""
    return any(evidence.fails(name, check) for check in evidence.passing)


def _tells(fitting: set[str], usable: Mapping[str, Sequence[Recorded]]) -> bool:
    """Tell whether the checks that fit are more than a coincidence.

    Many a mistake ends in nothing but zeros or NaN: alone, these name one only where it explains
    all that fails.
    """
    return fitting == set(usable) or any(
        not isinstance(recorded.outcome, Returned) or _informative(recorded.outcome.value)
        for check in fitting
        for recorded in usable[check]
    )


def _informative(value: Any) -> bool:
    """Tell whether a value holds a number that is no accident: not 0, not the same throughout."""
    if isinstance(value, dict):
        return any(map(_informative, value.values()))
    if isinstance(value, Drained):
        value = value.items
    if isinstance(value, list | tuple):
        return any(map(_informative, value))
    if isinstance(value, Tensor):
        value = value.array
    if not isinstance(value, np.ndarray | np.generic | int | float):
        return False
    array = np.asarray(value)
    if array.dtype.kind not in "biufc":
        return False
    finite = array[np.isfinite(array)]
    if array.size == 1:
        return bool(finite.any())
    return bool(finite.size and np.ptp(finite.real) > 0)


def _transformation(records: Iterable[Sequence[Recorded]], evidence: Evidence) -> Finding | None:
    found = list(_pairs(records, evidence.replay))
    finding = explain(found)
    if finding is None:
        return None
    # A sentence on every value must be true of those in the checks that pass as well.
    passing = _pairs(evidence.passing.values(), evidence.replay)
    return explain([*found, *passing])


def _pairs(records: Iterable[Sequence[Recorded]], replay: Replay) -> Iterable[Pair]:
    for calls in records:
        for recorded in calls:
            right = replay(REFERENCE, recorded.call)
            if isinstance(right, Returned):
                outcome = recorded.outcome
                got = outcome.value if isinstance(outcome, Returned) else None
                yield from pairs(recorded.call, got, right.value)
