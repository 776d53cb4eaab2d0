"""A source file whose functions can be called, each in a sandboxed process of its own.

The student's submission, the reference and the misconceptions all run by this path.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.clock import FAR_OFF, Allowance
from grader.judge.processes.conversation import Callbacks, Conversation, Head, Tail
from grader.judge.processes.load_notes import notes_of
from grader.judge.processes.outcomes import Malformed, Outcome, Returned, TimedOut, is_fatal
from grader.judge.processes.student_processes import ProcessFactory, ProcessLimits
from grader.wire.values import Callback, encode, text_as_array

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.course.models import ExerciseLimits


REFERENCE = ""
"""The name of the reference among the author's programs; misconceptions have their own."""
TOO_MUCH = {"late", "memory"}
# CPU seconds for initialising CUDA, and for the request of the peak.
CONTEXT_SECONDS = 20.0
PEAK_SECONDS = 1.0
SPARE = 1.4
"""Factor on the judge's limit for loading: the process stops a statement at the limit itself, and
needs time to run the others and report."""


@dataclass(frozen=True)
class ProgramSource:
    """A program to run in a process: sources as text, no path, no file.

    ``tolerant``: a statement of the top level that raises is noted and skipped. ``cells``: the
    lines of the source at which the cells of a notebook begin; ``cell_numbers``: their numbers.
    """

    filename: str
    source: str
    functions: Mapping[str, int]
    drive: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    device: str = "cpu"
    helpers: Mapping[str, str] = field(default_factory=dict)
    cells: tuple[int, ...] = ()
    cell_numbers: tuple[int, ...] = ()
    tolerant: bool = False


@dataclass(frozen=True)
class FunctionCall:
    """One call of a check: of a function of the submission, or (``run``) of the drive.

    ``watched``: the device traffic of the call is reported. ``stopwatch``: functions that are
    called right before and right after it.
    """

    operation: str
    name: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    watched: bool = False
    stopwatch: tuple[Callable[[], None], ...] = ()

    @cached_property
    def digest(self) -> bytes | None:
        """The key of the call; None if a function is among its arguments."""
        return None if self.stopwatch or any(map(callable, self._values)) else self.expressed

    @cached_property
    def expressed(self) -> bytes | None:
        """The key of the call, with each function replaced by the expression that it is shown as.

        None if a function among the arguments has no such expression.
        """
        shown = [getattr(value, "shown", None) for value in self._values if callable(value)]
        if not all(isinstance(expression, str) for expression in shown):
            return None
        args = [_lend(arg, []) for arg in self.args]
        kwargs = {name: _lend(arg, []) for name, arg in self.kwargs.items()}
        encoded = encode([self.operation, self.name, args, kwargs, self.watched])
        key = repr((shown, encoded.tree))
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass"))
        for buffer in encoded.buffers:
            digest.update(buffer)
        return digest.digest()

    @property
    def _values(self) -> list[Any]:
        return [*self.args, *self.kwargs.values()]


class SandboxedProgram:
    """A program and its live process, which is replaced by a fresh one after it has ended.

    ``trusted``: it is the author's. Then its wall time is generous, for busy machines, and its
    process is replaced before it reaches the CPU limit that the kernel enforces.
    """

    def __init__(
        self,
        factory: ProcessFactory,
        program: ProgramSource,
        limits: ExerciseLimits,
        *,
        trusted: bool = False,
    ) -> None:
        self.program = program
        self.limits = limits
        self.trusted = trusted
        self.tail = Tail()
        self.loaded: Outcome | None = None
        self.card: str | None = None  # the name of the graphics card, once it was used
        self.skip: dict[int, str] = {}  # lines of statements that take too much, and the reason
        self._gone = (0.0, 0.0)  # used and charged seconds of ended processes
        self._factory = factory
        self._conversation: Conversation | None = None
        self._allowance: Allowance | None = None
        self._seed: int | None = None

    @property
    def received(self) -> int:
        """Bytes of the last answer."""
        return 0 if self._conversation is None else self._conversation.received

    def load(self) -> Outcome:
        """Load the program in a fresh process, unless it is loaded; return the outcome."""
        if self._conversation is None:
            self.loaded = self._load_into(self._start())
            if self._left_full():
                self.end()
                self.loaded = self._load_into(self._start())
        assert self.loaded is not None  # noqa: S101 - set with the conversation
        return self.loaded

    def begin_printing(self) -> None:
        """Start a new record of the output."""
        self._drain()
        self.tail.head = Head()

    def printed(self) -> Head:
        """Return the output since then: its first and its last bytes."""
        self._drain()
        printed, self.tail.head = self.tail.head, Head()
        return printed

    def _drain(self) -> None:
        if self._conversation is not None:
            self._conversation.drain()

    def load_instead(self, program: ProgramSource) -> None:
        """Load another trusted program, into the same process if there is one.

        For the author's own programs only: submissions never share a process.
        """
        self.program = program
        if self._conversation is not None:
            self.loaded = self._load_into(self._conversation)

    def _start(self) -> Conversation:
        handle = self._factory.start(self._process_limits())
        self._conversation = Conversation(
            handle,
            self.tail,
            memory_mb=self.limits.memory_mb,
            reply_mb=self.limits.reply_mb,
            callbacks=self.limits.callbacks,
        )
        return self._conversation

    def _load_into(self, conversation: Conversation) -> Outcome:
        # The process itself stops a statement at the limit, and needs some time for the others.
        spare = SPARE if self.program.tolerant else 1.0
        limit = spare * self.limits.load_seconds + self._context_seconds
        allowance = self._starting_now(conversation, limit)
        self._allowance = None
        loaded = self._request("load", self._request_to_load(), allowance)
        if not conversation.ready:  # the sandbox failed, before any code of the program ran
            printed = self.tail.kept.decode("utf-8", "replace")
            raise SystemFaultError(Finding("system.nursery"), f"{loaded} {printed}")
        if isinstance(loaded, Returned) and not isinstance(loaded.value, dict):
            return Malformed("bad description")
        if isinstance(loaded, TimedOut):
            return TimedOut(self.limits.load_seconds, loaded.waiting)
        return loaded

    def _left_full(self) -> bool:
        """Record which statements take too much; return True if one has filled the memory."""
        notes = [note for note in notes_of(self.loaded) if note.raised.why in TOO_MUCH]
        new = {note.first: note.raised.why for note in notes if note.file is None}
        full = any(why == "memory" and line not in self.skip for line, why in new.items())
        self.skip |= new
        return full

    def _process_limits(self) -> ProcessLimits:
        limits = self.limits
        hard = limits.budget_seconds + SPARE * limits.load_seconds + limits.cpu_seconds
        hard += self._context_seconds
        return ProcessLimits(self.limits.memory_mb << 20, int(hard) + 5)

    @property
    def _context_seconds(self) -> float:
        """Return the seconds for initialising a card, before anything is loaded."""
        return CONTEXT_SECONDS if self._on_card else 0.0

    def _request_to_load(self) -> dict[str, Any]:
        program = self.program
        return {
            "filename": program.filename,
            "source": text_as_array(program.source),
            "functions": dict(program.functions),
            "drive": None if program.drive is None else text_as_array(program.drive),
            "given": {name: text_as_array(text) for name, text in program.given.items()},
            "helpers": {name: text_as_array(text) for name, text in program.helpers.items()},
            "tolerant": self._tolerance() if program.tolerant else None,
            "device": program.device,
            "items": self.limits.items,
            "max_body": self.limits.reply_mb << 20,
        }

    def _tolerance(self) -> dict[str, Any]:
        return {
            "cells": list(self.program.cells),
            "cell_numbers": list(self.program.cell_numbers),
            "skip": list(self.skip.items()),
            "seconds": self.limits.load_seconds,
        }

    def begin_check(self, seed: int) -> None:
        """Start the clock of a check in a live process; the first call seeds its generators."""
        if self.trusted and self._worn():
            self.end()
        self.load()
        self._seed = seed
        self._allowance = None
        if self._conversation is not None:
            self._allowance = self._starting_now(self._conversation, self.limits.cpu_seconds)

    def _worn(self) -> bool:
        """Return True if the process has used its `ProcessLimits` except for one check."""
        conversation = self._conversation
        return conversation is not None and conversation.meter.cpu() > self.limits.budget_seconds

    def _starting_now(self, conversation: Conversation, limit: float) -> Allowance:
        at_least = FAR_OFF if self.trusted else 0.0
        return Allowance.starting_now(conversation.handle.pid, limit, at_least)

    def call(self, call: FunctionCall) -> Outcome:
        """Make a call and return its outcome. Function arguments are evaluated in the judge."""
        loaded = self.load()
        if not isinstance(loaded, Returned) or self._conversation is None:
            return loaded
        if self._allowance is None:
            self._allowance = self._starting_now(self._conversation, self.limits.cpu_seconds)
        functions: list[Any] = []
        args = [_lend(arg, functions) for arg in call.args]
        kwargs = {name: _lend(arg, functions) for name, arg in call.kwargs.items()}
        seed, self._seed = self._seed, None
        request: list[Any] = [call.name, args, kwargs]
        if call.watched or call.stopwatch:
            request += [call.watched, [_lend(one, functions) for one in call.stopwatch]]
        return self._request(
            call.operation, request, self._allowance, seed, functions, watched=call.watched
        )

    def _request(
        self,
        operation: str,
        value: Any,
        allowance: Allowance,
        seed: int | None = None,
        callbacks: Callbacks = (),
        *,
        watched: bool = False,
    ) -> Outcome:
        assert self._conversation is not None  # noqa: S101 - the callers have seen to it
        outcome = self._conversation.request(
            operation, value, allowance, seed=seed, callbacks=callbacks, watched=watched
        )
        self.card = self._conversation.card or self.card
        if is_fatal(outcome, on_card=self._on_card):
            self.end()
        return outcome

    @property
    def _on_card(self) -> bool:
        return self.program.device == "cuda"

    def peak_bytes(self) -> int | None:
        """Return the peak of a card's memory in bytes, as the live process reports."""
        if self._conversation is None or not self._on_card:
            return None
        allowance = Allowance.starting_now(self._conversation.handle.pid, PEAK_SECONDS)
        match self._request("peak", None, allowance):
            case Returned({"bytes": int(peak)}) if peak >= 0:
                return peak
        return None

    def cpu_used(self) -> float:
        """Return the CPU seconds that the program has used in all its processes."""
        used, _ = self._gone
        return used if self._conversation is None else used + self._conversation.meter.cpu()

    def charged(self) -> float:
        """Return the seconds that all its processes are charged: see `Meter.charge`."""
        _, charged = self._gone
        if self._conversation is None:
            return charged
        return charged + self._conversation.meter.charge()

    def end(self) -> None:
        """End the process; the next call starts a fresh one."""
        if self._conversation is not None:
            self._conversation.close()
            self._gone = (self.cpu_used(), self.charged())
            self._conversation = None
            self._allowance = None


def _lend(arg: Any, functions: list[Any]) -> Any:
    """Replace a function by the number under which the process calls it."""
    if callable(arg) and not isinstance(arg, type):
        functions.append(arg)
        return Callback(len(functions) - 1)
    return arg
