"""Recognition of the student's mistake: the known wrong answer that behaves exactly alike.

A false diagnosis is worse than none: any evidence against a misconception rules it out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.course.models import Tolerance
from grader.judge.feedback.choose_misconception import (
    ChosenMisconceptions,
    PossibleMisconceptions,
    choose,
)
from grader.judge.feedback.outcome_equality import Measure, same_outcome, same_seen
from grader.judge.feedback.precision import coarsest_epsilon
from grader.judge.processes.outcomes import Outcome, Raised, Returned
from grader.judge.processes.sandboxed_program import REFERENCE, FunctionCall
from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grader.judge.checking.function_namespace import RecordedCall
    from grader.judge.failures import Finding
    from grader.judge.feedback.observations.own import Observation, Wrong

# Distinct informative numbers that must agree: a single one may agree by chance.
LEAST_NUMBERS = 2
DRIVE = ""
"""The name that represents all functions called by a drive."""
Replay = Callable[[str, FunctionCall], Outcome]
"""Makes a call of a misconception by its name, or of the reference by the empty name."""
Measured = Mapping[str, Sequence[tuple["RecordedCall", Measure]]]
"""The recorded calls of each check, with the measure for comparing their values."""


@dataclass(frozen=True)
class Diagnosis:
    """The recognised mistake of each check: a misconception, else an observation, else nothing.

    ``tied`` holds the misconceptions that fit equally well.
    """

    misconceptions: Mapping[str, str]
    observations: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    tied: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """The evidence about a submission, and the means to compare it with known wrong answers.

    ``failing`` and ``passing`` hold the recorded calls by check; ``fails`` returns True if a
    misconception fails a check; ``allowed`` is, by check, the absolute error allowed there beside
    the tolerance of the exercise. ``formal`` are the checks that failed because of a dtype, a
    changed argument or a device: there a wrong value is not the reason. ``worded`` are those that
    failed with a sentence of the exercise, which is more specific than a general fact.
    """

    failing: Mapping[str, Sequence[RecordedCall]]
    replay: Replay
    passing: Mapping[str, Sequence[RecordedCall]] = field(default_factory=dict)
    fails: Callable[[str, str], bool] = lambda _name, _check: True
    tolerance: Tolerance = field(default_factory=Tolerance)
    observations: Sequence[Observation] = ()
    allowed: Mapping[str, float] = field(default_factory=dict)
    formal: Collection[str] = ()
    worded: Collection[str] = ()


def diagnose(evidence: Evidence, known: PossibleMisconceptions) -> Diagnosis:
    """Recognise misconceptions in the recorded calls of failed checks, else observations.

    A misconception fits a check when it reproduces every call, differs from the reference on at
    least one, and fails that check, but none that the submission passes. `choose` names one of
    those that fit.
    """
    usable = {check: calls for check, calls in evidence.failing.items() if _replayable(calls)}
    measured = {check: [(c, _measure(c.call, evidence)) for c in usable[check]] for check in usable}
    tried = {check: sorted(calls, key=_size) for check, calls in measured.items()}
    # Misconception by misconception: each is loaded once for all checks on which it is tried.
    fits: dict[str, set[str]] = {}
    for name in known.names:
        fitting = {check for check, calls in tried.items() if _fits(name, calls, evidence.replay)}
        if fitting and _tells(fitting, measured, evidence.replay):
            fits[name] = fitting
    names = _uncontradicted(fits, evidence, known)
    rest = {check: calls for check, calls in measured.items() if check not in names.named}
    return Diagnosis(names.named, _observed(rest, evidence), names.tied)


def _uncontradicted(
    fits: dict[str, set[str]], evidence: Evidence, known: PossibleMisconceptions
) -> ChosenMisconceptions:
    """Choose among misconceptions, given the checks that each explains; see `choose`.

    One that fails a check that the submission passes is excluded. Testing that takes time, so it is
    done only for those that would be chosen.
    """
    doubtful = dict(fits)
    while True:
        explained: dict[str, set[str]] = {}
        for name, fitting in fits.items():
            explained.setdefault(name.partition(".")[0], set()).update(fitting)
        names = choose(explained, known)
        wanted = {
            *names.named.values(),
            *(one for several in names.tied.values() for one in several),
        }
        tried = [name for name in doubtful if name.partition(".")[0] in wanted]
        if not tried:
            return names
        for name in tried:
            del doubtful[name]
            # Some checks look at one aspect of a result, and another aspect is the same.
            fits[name] = {check for check in fits[name] if evidence.fails(name, check)}
            if not fits[name] or _contradicted(name, evidence):
                del fits[name]


def _replayable(calls: Sequence[RecordedCall]) -> bool:
    """Return True if all calls ended: one that did not would not end again."""
    return bool(calls) and all(isinstance(c.outcome, Returned | Raised) for c in calls)


def _measure(call: FunctionCall, evidence: Evidence) -> Measure:
    inputs = [*call.args, *call.kwargs.values()]
    return Measure(evidence.tolerance, coarsest_epsilon(inputs))


def _size(measured: tuple[RecordedCall, Measure]) -> int:
    """Return the bytes of a call's arguments: small calls rule out most candidates quickly."""
    call = measured[0].call
    return sum(
        array.nbytes for value in (*call.args, *call.kwargs.values()) for array in _arrays(value)
    )


def _fits(name: str, calls: Sequence[tuple[RecordedCall, Measure]], replay: Replay) -> bool:
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

    # Values that differ by the loose measure differ by the strict one.
    loosely = all(same_outcome(c.outcome, replay(name, c.call), measure) for c, measure in calls)
    return loosely and ((strictly() and differs(strict=True)) or differs(strict=False))


def _contradicted(name: str, evidence: Evidence) -> bool:
    """Return True if the misconception fails a check that the submission passes."""
    return any(evidence.fails(name, check) for check in evidence.passing)


def _tells(fitting: set[str], measured: Measured, replay: Replay) -> bool:
    """Return True if the checks that fit are more than a coincidence.

    Many mistakes end in nothing but zeros or NaN, and a single number may match by chance: such
    evidence suffices only if the misconception explains all failures of the functions called there.
    At least one of the numbers must be wrong.
    """
    rest = set(measured) - fitting
    if not rest or _apart(_functions(measured, fitting), _functions(measured, rest)):
        return True
    found: set[float] = set()
    wrong = False
    for recorded, measure in (call for check in fitting for call in measured[check]):
        outcome = recorded.outcome
        if not isinstance(outcome, Returned):
            return True
        right = replay(REFERENCE, recorded.call)
        if isinstance(right, Returned) and not same_seen(outcome.seen, right.seen):
            return True
        if not same_outcome(outcome, right, measure):
            for array, differs in _beside(outcome, right):
                telling = _telling(array)
                found.update(telling)
                wrong = wrong or math.inf in telling or bool(_telling(array[differs]))
            if wrong and len(found) >= LEAST_NUMBERS:
                return True
    return False


def _apart(some: set[str], others: set[str]) -> bool:
    return DRIVE not in some | others and some.isdisjoint(others)


def _functions(measured: Measured, checks: Collection[str]) -> set[str]:
    """Return the functions that some checks call; those that a drive calls are not known."""
    calls = (recorded.call for check in checks for recorded, _ in measured[check])
    return {call.name if call.operation == "call" else DRIVE for call in calls}


def _beside(outcome: Returned, right: Outcome) -> Iterator[tuple[NDArray[Any], NDArray[np.bool_]]]:
    """Yield the arrays of a value, each with a mask of its wrong elements."""
    got = list(_arrays(outcome.value))
    expected = list(_arrays(right.value)) if isinstance(right, Returned) else []
    alike = [one.shape for one in got] == [one.shape for one in expected]
    for one, other in zip(got, expected if alike else got, strict=True):
        same = np.isclose(one, other, rtol=1e-9, atol=0.0, equal_nan=True)
        yield one, ~same if alike else np.ones(one.shape, dtype=bool)


def _arrays(value: Any) -> Iterator[NDArray[Any]]:
    """Yield the numbers of a value, array by array."""
    if isinstance(value, GeneratorItems):
        value = value.items
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _arrays(item)
        return
    raw = value.array if isinstance(value, Tensor) else value
    if isinstance(raw, np.ndarray | np.generic | int | float):
        array = np.asarray(raw)
        if array.dtype.kind in "biufc":
            yield array


def _telling(array: NDArray[Any]) -> tuple[float, ...]:
    """Return the numbers of an array that carry information: finite, not 0, not all the same.

    NaN or infinity in some places only carries information as well.
    """
    finite = array[np.isfinite(array)].real
    if 0 < finite.size < array.size:
        return -math.inf, math.inf
    if array.size > 1 and (not finite.size or finite.min() == finite.max()):
        return ()
    telling = finite[finite != 0]
    return (float(telling.min()), float(telling.max())) if telling.size else ()


def _observed(rest: Measured, evidence: Evidence) -> dict[str, tuple[Finding, ...]]:
    """Return the observations for checks without a misconception: the first true one of each.

    The exercise's own observations come before the general ones.
    """
    if not rest:
        return {}
    wrongs = {check: _wrong(check, calls, evidence) for check, calls in rest.items()}
    told: dict[str, tuple[Finding, ...]] = {}
    for check, wrong in wrongs.items() if evidence.observations else ():
        found = (fact.true_of(wrong) for fact in evidence.observations)
        finding = next((one for one in found if one is not None), None)
        if finding is not None:
            told[check] = (finding,)
    general = {check: wrong for check, wrong in wrongs.items() if check not in evidence.worded}
    if all(check in told for check, wrong in general.items() if wrong):
        return told
    from grader.judge.feedback.observations.general import observed  # noqa: PLC0415 - rarely needed

    return {**observed(general), **told}


def _wrong(
    check: str, calls: Sequence[tuple[RecordedCall, Measure]], evidence: Evidence
) -> list[Wrong]:
    """Return the wrong calls of a check with their results; none if one of them raised.

    They are those with wrong values; if all values are right, those that differ in a dtype, a
    container or a modified argument. If such a difference is the reason of the failure, values are
    not.
    """
    from grader.judge.feedback.observations.own import Wrong  # noqa: PLC0415 - not needed for a pass

    allowed = evidence.allowed.get(check, 0.0)
    rights = [
        (c, replace(measure, atol=allowed), evidence.replay(REFERENCE, c.call))
        for c, measure in calls
    ]
    wrong = [(c, right) for c, m, right in rights if not same_outcome(c.outcome, right, m)]
    if wrong and check in evidence.formal:
        return []
    if not wrong:
        wrong = [
            (c, right)
            for c, measure, right in rights
            if not same_outcome(c.outcome, right, replace(measure, strict=True))
        ]
    found = []
    for recorded, right in wrong:
        if not (isinstance(recorded.outcome, Returned) and isinstance(right, Returned)):
            return []
        found.append(Wrong(recorded.call, recorded.outcome.value, right.value))
    return found
