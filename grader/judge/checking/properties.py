"""Checks of properties beside the values: dtype, unmodified arguments, any computation at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from grader.judge.checking.compare import numbers_wanted, plain_numbers, wrong_kind
from grader.judge.failures import CallFailedError, CheckFailedError, ComparedResult, Finding
from grader.judge.feedback.outcome_equality import Measure, same_value
from grader.judge.processes.outcomes import Raised, Returned
from grader.wire.values import Tensor

if TYPE_CHECKING:
    from collections.abc import Sequence


def assert_dtype(got: Any, dtype: str) -> None:
    """Check the dtype of an array or tensor result, for instance ``"float32"``."""
    value = plain_numbers(got, ())
    if isinstance(value, list):
        raise CheckFailedError(*value, looked_at=ComparedResult(got))
    array = got.array if isinstance(got, Tensor) else np.asarray(got)
    found = got.dtype if isinstance(got, Tensor) else str(array.dtype)
    if found != dtype:
        finding = Finding("compare.dtype", {"got": found, "expected": dtype})
        raise CheckFailedError(finding, looked_at=ComparedResult(got))


def assert_unmodified(*outcomes: Returned | Raised) -> None:
    """Check that calls did not modify their arguments.

    A call that raised counts as not having modified any; its exception is for another check.

    Raises:
        CallFailedError: all of them raised, so nothing was computed.
        CheckFailedError: an argument was modified.

    """
    for outcome in returned(*outcomes):
        if outcome.changed:
            number = min(outcome.changed) + 1
            finding = Finding("compare.modified", {"argument": number})
            raise CheckFailedError(finding, looked_at=ComparedResult(outcome=outcome))


def returned(*outcomes: Returned | Raised) -> list[Returned]:
    """Return the outcomes of the calls that returned.

    Raises:
        CallFailedError: none did.

    """
    found = [outcome for outcome in outcomes if isinstance(outcome, Returned)]
    if not found:
        raised = next(outcome for outcome in outcomes if isinstance(outcome, Raised))
        raise CallFailedError(raised.function, raised)
    return found


def assert_computed(*pairs: Sequence[Returned | Raised]) -> None:
    """Check that results depend on the arguments: calls with other arguments differ.

    Each pair holds the outcomes of two calls with different arguments, in one of the forms that the
    task allows. One pair that differs is enough: other checks test each form. Without it, a check
    of a dtype or of unchanged arguments would be passed by `return 0.0`.

    Raises:
        CallFailedError: a call of each pair raised.
        CheckFailedError: the results of all other pairs are equal.

    """
    whole = [pair for pair in pairs if all(isinstance(outcome, Returned) for outcome in pair)]
    if not whole:
        raised = next(outcome for pair in pairs for outcome in pair if isinstance(outcome, Raised))
        raise CallFailedError(raised.function, raised)
    values = [[outcome.value for outcome in pair] for pair in cast("list[list[Returned]]", whole)]
    numbers = [pair for pair in values if all(map(_holds_numbers, pair))]
    measure = Measure(coarsest=float(np.finfo(np.float16).eps))
    if any(not same_value(one, other, measure) for one, other in numbers):
        return
    if not numbers and not isinstance(values[0][0], np.ndarray):
        found = wrong_kind(values[0][0], numbers_wanted(), ())
        raise CheckFailedError(*found, looked_at=ComparedResult(values[0][0]))
    raise CheckFailedError(
        Finding("compare.constant"), looked_at=ComparedResult(outcome=whole[0][0])
    )


def _holds_numbers(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_numbers, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_numbers, value))
    array = plain_numbers(value, ())
    return isinstance(array, np.ndarray) and array.size > 0 and array.dtype.kind != "b"
