"""The objects that a check calls: `student` and `reference`, with functions as attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.judge.checking.device_traffic import Watched
from grader.judge.checking.speed import Stopwatch, Timed
from grader.judge.failures import AuthorError, CallFailedError, Finding, NotRunError
from grader.judge.processes.copies import copied
from grader.judge.processes.outcomes import Outcome, OutOfMemory, Raised, Returned, TooLarge
from grader.judge.processes.sandboxed_program import FunctionCall, SandboxedProgram
from grader.wire.values import Tensor

if TYPE_CHECKING:
    from grader.judge.processes.hanging import TimeOuts
    from grader.judge.processes.sandboxed_program import ProgramSource
    from grader.judge.validation.single_checks import Spoil

MOST_KEPT = 1 << 20  # bytes of an answer that is recorded


@dataclass(frozen=True, eq=False)
class RecordedCall:
    """A call of a check and its outcome."""

    call: FunctionCall
    outcome: Outcome


class Function:
    """A function of a program."""

    def __init__(self, subject: FunctionNamespace, operation: str, name: str) -> None:
        self._subject = subject
        self._operation = operation
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call and return the value. An exception, a timeout or a crash ends the check."""
        outcome = self._subject.make(FunctionCall(self._operation, self._name, args, kwargs))
        if isinstance(outcome, Returned):
            return outcome.value
        raise self._subject.failure(self._subject.title(self._operation, self._name), outcome)

    def outcome(self, *args: Any, **kwargs: Any) -> Returned | Raised:
        """Call and return `Returned` or `Raised`. A timeout or a crash ends the check."""
        outcome = self._subject.make(FunctionCall(self._operation, self._name, args, kwargs))
        title = self._subject.title(self._operation, self._name)
        if isinstance(outcome, Raised):
            return replace(outcome, function=title)
        if isinstance(outcome, Returned):
            return outcome
        raise CallFailedError(title, outcome)

    def watched(self, *args: Any, **kwargs: Any) -> Watched:
        """Call, and return the value with the device traffic of the call.

        Any outcome but a returned value ends the check.
        """
        call = FunctionCall(self._operation, self._name, args, kwargs, watched=True)
        outcome = self._subject.make(call)
        if isinstance(outcome, Returned) and outcome.seen is not None:
            return Watched(outcome, outcome.seen, self._subject.program)
        raise self._subject.failure(self._subject.title(self._operation, self._name), outcome)

    def timed(self, *args: Any, **kwargs: Any) -> Timed:
        """Call, and return the value with the seconds that it took, by the judge's clock.

        The reference, too, computes in the dtype of the arguments. Any outcome but a returned value
        ends the check.
        """
        clock = Stopwatch()
        call = FunctionCall(
            self._operation, self._name, args, kwargs, stopwatch=(clock.start, clock.stop)
        )
        outcome = self._subject.make(call)
        if isinstance(outcome, Returned):
            return Timed(outcome, clock.seconds())
        raise self._subject.failure(self._subject.title(self._operation, self._name), outcome)


class FunctionNamespace:
    """The functions of a program as attributes, those of its drive through `run`."""

    def __init__(self, sandboxed: SandboxedProgram) -> None:
        self._sandboxed = sandboxed

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._sandboxed.program.functions:
            raise AuthorError(f"functions: {name} is not listed in exercise.yaml")
        return Function(self, "call", name)

    def run(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the drive, which gets the submission's module as first argument."""
        return self._of_drive(name)(*args, **kwargs)

    def run_watched(self, name: str, *args: Any, **kwargs: Any) -> Watched:
        """Call `run`, and return the value with the submission's device traffic during the call."""
        return self._of_drive(name).watched(*args, **kwargs)

    def _of_drive(self, name: str) -> Function:
        if self._sandboxed.program.drive is None:
            raise AuthorError(f"drive.py: is missing, and a check runs {name} of it")
        return Function(self, "run", name)

    @property
    def program(self) -> ProgramSource:
        """The program whose functions are called."""
        return self._sandboxed.program

    def make(self, call: FunctionCall) -> Outcome:
        """Make a call."""
        return self._sandboxed.call(call)

    def failure(self, title: str, outcome: Outcome) -> Exception:
        """Return the exception that ends a check after a call that did not return."""
        return CallFailedError(title, outcome)

    def title(self, operation: str, name: str) -> str:
        """Return the name by which a student knows the called function."""
        return name if operation == "call" else ", ".join(self._sandboxed.program.functions)


class StudentNamespace(FunctionNamespace):
    """The submission: each call is recorded, its arguments are copies.

    ``exceeds_card`` tells whether a call needs more memory than the graphics card has.
    """

    def __init__(
        self,
        sandboxed: SandboxedProgram,
        record: list[RecordedCall],
        convert: Callable[[Any], Any] = lambda value: value,
        spoil: Spoil | None = None,
        time_outs: TimeOuts | None = None,
        exceeds_card: Callable[[FunctionCall], bool] | None = None,
    ) -> None:
        super().__init__(sandboxed)
        self._record = record
        self._convert = convert
        self._spoil = spoil
        self._time_outs = time_outs
        self._exceeds_card = exceeds_card

    def make(self, call: FunctionCall) -> Outcome:
        """Make a call on copies of its arguments, and record it."""
        self._refuse_missing(call)
        if self._time_outs is not None:
            self._time_outs.refuse(call, self.title(call.operation, call.name))
        args = tuple(self._convert(copied(arg)) for arg in call.args)
        kwargs = {name: self._convert(copied(arg)) for name, arg in call.kwargs.items()}
        call = replace(call, args=args, kwargs=kwargs)
        outcome = super().make(call)
        if self._time_outs is not None:
            self._time_outs.note(call, outcome)
        exceeds = self._exceeds_card
        if isinstance(outcome, OutOfMemory) and exceeds is not None and exceeds(call):
            raise NotRunError("device", Finding("not_run.card_memory"))
        if self._spoil is not None and isinstance(outcome, Returned):
            outcome = self._spoil(call, outcome)
        # A hundred enormous answers would fill the judge's memory: they are not recorded.
        kept = outcome if self._sandboxed.received <= MOST_KEPT else TooLarge(None)
        self._record.append(RecordedCall(call, kept))
        return outcome

    @property
    def may_try_again(self) -> bool:
        """Whether the last call may be retried: it has not exceeded its limit too often yet."""
        calls = [recorded.call for recorded in self._record[-1:]]
        return self._time_outs is None or not any(map(self._time_outs.hopeless, calls))

    @contextmanager
    def acting_as(self, sandboxed: SandboxedProgram) -> Iterator[None]:
        """Let another program answer the calls meanwhile."""
        mine = self._sandboxed, self._spoil, self._time_outs
        self._sandboxed, self._spoil, self._time_outs = sandboxed, None, None
        try:
            yield
        finally:
            self._sandboxed, self._spoil, self._time_outs = mine

    def _refuse_missing(self, call: FunctionCall) -> None:
        """Raise NotRunError for a missing function: it was reported at loading."""
        loaded = self._sandboxed.load()
        if call.operation == "call" and isinstance(loaded, Returned):
            found = loaded.value.get("functions", {})
            details = found.get(call.name) if isinstance(found, dict) else None
            if not isinstance(details, Mapping) or details.get("fits") is not True:
                raise NotRunError("load", Finding("not_run.load"))


class ReferenceNamespace(FunctionNamespace):
    """The reference: computes in float64 on upcast inputs; results are cached by their inputs."""

    def __init__(
        self,
        sandboxed: SandboxedProgram,
        kept: dict[bytes, Outcome],
        noted: Callable[[FunctionCall, Outcome], None] = lambda _call, _outcome: None,
    ) -> None:
        """Use a program and the results kept so far; ``noted`` is called with every call."""
        super().__init__(sandboxed)
        self._kept = kept
        self._noted = noted

    def make(self, call: FunctionCall) -> Outcome:
        """Make a call in float64, or return the cached result."""
        if call.stopwatch:
            return self._made(call)
        args = tuple(upcast(arg) for arg in call.args)
        kwargs = {name: upcast(arg) for name, arg in call.kwargs.items()}
        call = replace(call, args=args, kwargs=kwargs)
        if call.digest is None:
            return self._made(call)
        if call.digest not in self._kept:
            self._kept[call.digest] = self._made(call)
        else:
            self._noted(call, self._kept[call.digest])
        kept = self._kept[call.digest]
        if isinstance(kept, Returned) and not kept.changed and kept.seen is None:
            return Returned(copied(kept.value))
        outcome: Outcome = copied(kept)
        return outcome

    def failure(self, title: str, outcome: Outcome) -> Exception:
        """Return the author's error: a reference that raises cannot judge a submission."""
        return AuthorError(f"reference: {title}: {outcome}")

    def _made(self, call: FunctionCall) -> Outcome:
        self._sandboxed.begin_check(0)
        outcome = super().make(call)
        if isinstance(outcome, OutOfMemory) and self.program.device == "cuda":
            raise NotRunError("device", Finding("not_run.card_memory"))
        if not isinstance(outcome, (Returned, Raised)):
            raise AuthorError(f"reference: {call.name}: {outcome}")
        self._noted(call, outcome)
        return outcome


def upcast(value: Any) -> Any:
    """Return the value with every floating array and tensor in float64."""
    return cast_floats(value, "float64")


def cast_floats(value: Any, dtype: str) -> Any:
    """Return the value with every floating array and tensor in ``dtype``."""
    if isinstance(value, np.ndarray | np.generic) and np.issubdtype(value.dtype, np.floating):
        return value.astype(dtype)
    if isinstance(value, Tensor) and np.issubdtype(value.array.dtype, np.floating):
        return Tensor(value.array.astype(dtype), dtype, value.device, value.requires_grad)
    if isinstance(value, dict):
        return {key: cast_floats(item, dtype) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(cast_floats(item, dtype) for item in value)
    return value
