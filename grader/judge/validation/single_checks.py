"""Wrong answers made from right ones: each single check must fail for one of them.

The misconceptions of an exercise are proved separately; these cover the other checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.checking.function_namespace import cast_floats
from grader.judge.feedback.outcome_equality import is_number
from grader.judge.validation.mutation_test import CORRUPTIONS
from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from grader.judge.processes.outcomes import Returned
    from grader.judge.processes.sandboxed_program import FunctionCall

Spoil = Callable[["FunctionCall", "Returned"], "Returned"]
"""Turns the returned value of a right answer into one that a wrong answer could return."""


def spoils() -> dict[str, Spoil]:
    """Return the ways to make a result wrong, by name."""
    values = {**CORRUPTIONS, "the rows in another order": lambda array: array[::-1]}
    return {
        **{name: _of_values(change) for name, change in values.items()},
        "another dtype": _another_dtype,
        "a changed argument": _changed_argument,
    }


def _of_values(change: Callable[[NDArray[Any]], NDArray[Any]]) -> Spoil:
    def spoil(_call: FunctionCall, right: Returned) -> Returned:
        with np.errstate(all="ignore"):
            return replace(right, value=spoilt(right.value, change))

    return spoil


def spoilt(value: Any, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Any:
    """Return a plain value with every number, array and tensor in it changed."""
    if isinstance(value, dict):
        return {key: spoilt(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(spoilt(item, change) for item in value)
    if isinstance(value, GeneratorItems):
        return GeneratorItems(spoilt(value.items, change), value.endless)
    if not is_number(value):
        return value
    array = np.asarray(value.array if isinstance(value, Tensor) else value)
    wrong = np.asarray(_changed(array, change))
    if isinstance(value, Tensor):
        return replace(value, array=wrong)
    if isinstance(value, np.ndarray):
        return wrong
    return wrong[()] if isinstance(value, np.generic) else float(wrong)


def _changed(array: NDArray[Any], change: Callable[[NDArray[Any]], NDArray[Any]]) -> NDArray[Any]:
    if array.dtype.kind not in "biuf":
        return array
    wide = array.astype(np.float64)
    wrong = change(wide) if wide.ndim else change(wide.reshape(1)).reshape(())
    return wrong.astype(array.dtype) if array.dtype.kind == "f" else wrong


def _another_dtype(_call: FunctionCall, right: Returned) -> Returned:
    narrow = "float32" if "float64" in str(_dtypes(right.value)) else "float64"
    return replace(right, value=cast_floats(right.value, narrow))


def _dtypes(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [name for item in value for name in _dtypes(item)]
    return [value.dtype if isinstance(value, Tensor) else str(getattr(value, "dtype", ""))]


def _changed_argument(call: FunctionCall, right: Returned) -> Returned:
    changeable = [i for i, arg in enumerate(call.args) if not callable(arg)]
    return replace(right, changed={i: call.args[i] for i in changeable})
