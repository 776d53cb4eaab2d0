"""Which call of a check shows what is wrong: the one that the check stumbled on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.compare import coarsest_epsilon
from grader.judge.diagnosis import REFERENCE
from grader.judge.failures import LookedAt, Spot
from grader.judge.outcomes import Outcome, Raised, Returned
from grader.judge.same import Measure, same_outcome
from grader.wire.values import Drained, Tensor

if TYPE_CHECKING:
    from grader.course.models import Tolerance
    from grader.judge.candidate import Call
    from grader.judge.diagnosis import Replay
    from grader.judge.sitting import CheckRecord
    from grader.judge.subject import Recorded


@dataclass(frozen=True, eq=False)
class Wrong:
    """A call, its outcome, what is right, and where both differ."""

    call: Call
    outcome: Outcome
    got: Any
    expected: Any
    spot: Spot


def wrong_call(record: CheckRecord, replay: Replay, tolerance: Tolerance) -> Wrong | None:
    """Return the call that a failed check found wrong; None where no call is known to be.

    Where a check does not say which it was, that is the smallest call whose outcome is not the
    reference's.
    """
    looked, spot = record.looked_at, _spot(record)
    if looked is not None:
        found = next((one for one in record.calls if _traced(one, looked)), None)
        if found is not None:
            expected = looked.expected
            if expected is None and looked.got is None:
                expected = _value(replay(REFERENCE, found.call))
            got = _value(found.outcome) if looked.got is None else looked.got
            return Wrong(found.call, found.outcome, got, expected, spot)
        if any(map(_waits_for_nothing, record.calls)):
            return None
    for one in sorted(record.calls, key=lambda each: size_of(each.call)):
        right = replay(REFERENCE, one.call)
        inputs = [*one.call.args, *one.call.kwargs.values()]
        if not same_outcome(one.outcome, right, Measure(tolerance, coarsest_epsilon(inputs))):
            return Wrong(one.call, one.outcome, _value(one.outcome), _value(right), Spot())
    return smallest(record) if len(record.calls) == 1 else None


def smallest(record: CheckRecord) -> Wrong | None:
    """Return the smallest call of a check, of which nobody knows that anything is wrong."""
    if not record.calls:
        return None
    one = min(record.calls, key=lambda each: size_of(each.call))
    return Wrong(one.call, one.outcome, _value(one.outcome), None, Spot())


def _spot(record: CheckRecord) -> Spot:
    findings = () if record.conclusion is None else record.conclusion.findings
    return findings[0].spot if findings else Spot()


def _value(outcome: Outcome) -> Any:
    return outcome.value if isinstance(outcome, Returned) else None


def _waits_for_nothing(one: Recorded) -> bool:
    """Tell whether a call did not end: what the reference does says nothing about it."""
    return not isinstance(one.outcome, Returned | Raised)


def _traced(one: Recorded, looked: LookedAt) -> bool:
    outcome = one.outcome
    if looked.outcome is not None:
        if isinstance(looked.outcome, Raised) and isinstance(outcome, Raised):
            return replace(looked.outcome, function="") == replace(outcome, function="")
        return looked.outcome is outcome
    if not isinstance(outcome, Returned):
        return False
    return _holds(outcome.value, looked.got) or _holds(looked.got, outcome.value)


def _holds(whole: Any, part: Any, depth: int = 2) -> bool:
    """Tell whether a value is, or holds, just this object; a number may be anybody's."""
    if whole is part:
        return not isinstance(part, bool | int | str | None)
    if isinstance(whole, Drained):
        whole = whole.items
    if not depth or not isinstance(whole, dict | list | tuple):
        return False
    items = whole.values() if isinstance(whole, dict) else whole
    return any(_holds(item, part, depth - 1) for item in items)


def size_of(call: Call) -> int:
    """Return how many numbers a call is given."""
    return sum(map(_size, [*call.args, *call.kwargs.values()]))


def _size(value: Any) -> int:
    if isinstance(value, Tensor):
        value = value.array
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return 1
