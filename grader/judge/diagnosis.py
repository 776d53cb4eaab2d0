"""Naming the student's own mistake: which known wrong answer behaves exactly like this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.judge.candidate import Call
from grader.judge.outcomes import Outcome, Raised, Returned
from grader.judge.same import same_outcome
from grader.judge.transformations import Pair, explain, pairs

if TYPE_CHECKING:
    from grader.judge.failures import Finding
    from grader.judge.subject import Recorded

REFERENCE = ""
Replay = Callable[[str, Call], Outcome]
"""Makes a call of a program: a misconception by its id, or the reference by the empty id."""


@dataclass(frozen=True)
class Diagnosis:
    """What was recognised: misconceptions by check, or one transformation of all results."""

    misconceptions: Mapping[str, str]
    transformation: Finding | None = None


def diagnose(
    failing: Mapping[str, Sequence[Recorded]], known: Sequence[str], replay: Replay
) -> Diagnosis:
    """Recognise misconceptions in the recorded calls of failing checks.

    ``known`` lists misconception ids in their declared order. One is named for a check when it
    reproduces every call and differs from the reference on at least one. Where several do, the
    one that explains most failing checks, then the first declared.
    """
    usable = {check: calls for check, calls in failing.items() if _replayable(calls)}
    # Misconception by misconception: each is loaded once, however many checks it is tried on.
    fitting: dict[str, list[str]] = {check: [] for check in usable}
    for name in known:
        for check, calls in usable.items():
            if _fits(name, calls, replay):
                fitting[check].append(name)
    votes = Counter(name for names in fitting.values() for name in names)
    named = {
        check: max(names, key=lambda name: (votes[name], -known.index(name)))
        for check, names in fitting.items()
        if names
    }
    if named or not usable:
        return Diagnosis(named)
    return Diagnosis(named, _transformation(list(usable.values()), replay))


def _replayable(calls: Sequence[Recorded]) -> bool:
    """A call that never ended tells nothing, and would not end again."""
    return bool(calls) and all(isinstance(c.outcome, Returned | Raised) for c in calls)


def _fits(name: str, calls: Sequence[Recorded], replay: Replay) -> bool:
    def reproduced(*, strict: bool) -> bool:
        return all(same_outcome(c.outcome, replay(name, c.call), strict=strict) for c in calls)

    # What is not the same by the loose measure is not the same by the strict one.
    return reproduced(strict=False) and any(
        (not strict or reproduced(strict=True))
        and any(
            not same_outcome(replay(name, c.call), replay(REFERENCE, c.call), strict=strict)
            for c in calls
        )
        for strict in (True, False)
    )


def _transformation(records: Sequence[Sequence[Recorded]], replay: Replay) -> Finding | None:
    found: list[Pair] = []
    for calls in records:
        for recorded in calls:
            right = replay(REFERENCE, recorded.call)
            if isinstance(right, Returned):
                outcome = recorded.outcome
                got = outcome.value if isinstance(outcome, Returned) else None
                found += pairs(recorded.call, got, right.value)
    return explain(found)
