"""An exercise's own observations: functions of checks.py, asked about wrong calls.

If a function raises, or returns a value of a wrong type, its fact counts as not true.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.judge.failures import ArgumentValue, Finding
from grader.judge.feedback.check_metadata import OF_FIRST, note
from grader.judge.processes.copies import copied
from grader.judge.processes.sandboxed_program import FunctionCall

Arguments = Mapping[str, ArgumentValue]
Function = Callable[[FunctionCall, Any, Any], Any]
RTOL = 1e-5
"""Numbers that differ by rounding only are reported as one."""


@dataclass(frozen=True, eq=False)
class Wrong:
    """A call, the value that it returned, and the right one."""

    call: FunctionCall
    got: Any
    right: Any

    def copied(self) -> Wrong:
        """Return copies, which an author's function may modify."""
        call = self.call
        args, kwargs = copied(call.args), copied(dict(call.kwargs))
        call = FunctionCall(call.operation, call.name, args, kwargs)
        return Wrong(call, copied(self.got), copied(self.right))


@dataclass(frozen=True)
class Observation:
    """A fact by its id in exercise.yaml, and the function of checks.py that tests it."""

    id: str
    function: Function
    of_first: bool = False
    noticed: list[str] = field(default_factory=list, compare=False)  # oddities, for the author

    def of(self, wrong: Wrong) -> Arguments | None:
        """Return the arguments of the sentence if the fact is true of a call, else None."""
        try:
            with np.errstate(all="ignore"):
                own = wrong.copied()
                said = self.function(own.call, own.got, own.right)
                if said is None or said is False or said is np.False_:
                    return None
                if said is True or said is np.True_:
                    return {}
                return _arguments(said)
        except Exception as error:  # noqa: BLE001 - the author's code, on values of anybody's
            self.noticed.append(f"{type(error).__name__}: {error}")
            return None

    def true_of(self, wrongs: Sequence[Wrong]) -> Finding | None:
        """Return the fact as a finding if it is true of all these calls, and of no right one."""
        facts: Arguments | None = None
        for wrong in wrongs:
            found = self.of(wrong)
            if found is None or self.of(Wrong(wrong.call, wrong.right, wrong.right)) is not None:
                return None
            if facts is None:
                facts = found
            elif not self.of_first and not _equal(facts, found):
                return None
        if facts is None:
            return None
        return Finding(f"exercise.{self.id}", {name: _short(facts[name]) for name in facts})


def listed(ids: Sequence[str], functions: Mapping[str, Function]) -> list[Observation]:
    """Return the observations that exercise.yaml lists, in its order, with their functions."""
    return [
        Observation(id_, functions[id_], note(functions[id_], "observation") == OF_FIRST)
        for id_ in ids
        if id_ in functions
    ]


def _arguments(said: Any) -> Arguments:
    """Return arguments in a form that a report can contain.

    Raises:
        TypeError: they have none.

    """
    if not isinstance(said, Mapping):
        raise TypeError(f"returns {type(said).__name__}, neither a bool nor a dict")
    return {str(name): _plain(value) for name, value in said.items()}


def _plain(value: Any) -> ArgumentValue:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"an argument is {value}")
        return value
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"an argument is of type {type(value).__name__}")


def _short(value: ArgumentValue) -> ArgumentValue:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _equal(one: Arguments, other: Arguments) -> bool:
    return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)


def _same(one: ArgumentValue, other: ArgumentValue) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or math.isclose(one, other, rel_tol=RTOL)
    return one == other
