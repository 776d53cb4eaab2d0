"""A conversation with one student process: requests out, exactly one outcome back for each.

Theory of operation. Two sockets lead to the process: the channel carries frames (`grader.wire`),
the output carries what it prints. A request is one frame; the reply is one frame, or any number of
questions (``ask``, where an argument is a function that stays with the judge) and then the reply.
Each request carries a number, and a reply with another number ends the conversation.

Who may lie: the process, about everything. It runs a stranger's code, which may write to the
channel itself. So a frame is checked for size, shape and types before anything is made of it,
values are plain data (nothing is unpickled), and a malformed frame ends the process. What only the
process can know (output, traffic of a call) is bounded and counts as its own word. Time is read
from the kernel by the judge and never asked of the process.

While the judge waits it does three things: it watches the CPU time and, as a backstop, the wall
time of the process; it drains what is printed, so that a full pipe blocks nobody; and it looks into
a scratch folder on disk that nothing else limits. All of it happens in `_wait`.

However a request ends, exactly one `Outcome` says so: a value, an exception, a limit, a crash, or a
malformed reply. After most of these the process is of no more use: see `outcomes.is_fatal`.
"""

from __future__ import annotations

import contextlib
import selectors
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grader.errors import GraderError
from grader.judge.processes.clock import Allowance, Meter
from grader.judge.processes.outcomes import (
    Crashed,
    Malformed,
    Outcome,
    OutOfMemory,
    Returned,
    ScratchFull,
    TimedOut,
    TooLarge,
    TooManyCallbacks,
    exception_of,
)
from grader.judge.processes.scratch import FILES, MEBIBYTES, is_overfull
from grader.wire import frames, stream
from grader.wire.errors import ClosedError, ExpiredError, ProtocolError
from grader.wire.seen import seen_of

if TYPE_CHECKING:
    from grader.judge.processes.student_processes import StudentProcessHandle

MEBIBYTE = 1 << 20
# Bytes of a frame beside the values that a limit in MiB is about.
HEADROOM = 64 << 10
# Reads of at most 64 KiB from the output before the clocks are checked again: a process that never
# stops printing cannot keep the judge from its deadline.
DRAINED_AT_ONCE = 16
FLOOD = 1 << 20
"""Bytes printed during a request from which it counts as flooding: a process that only prints is
blocked until the judge reads, so its wall time is no evidence of sleeping."""
LOOKING_SECONDS = 0.02
"""Seconds between two checks of a scratch folder on disk: files written in between may exceed the
limit."""
SIZES = range(1 << 63)
CPU_SIGNALS = {signal.SIGXCPU}
SENT = Returned(None)
SKIPPED = Returned(None)  # a request that was sent ahead, and not carried out
Callbacks = Sequence[Callable[..., Any]]


class ScratchFullError(GraderError):
    """The scratch folder exceeds its limit."""


class Head:
    """The first and the last bytes of the output of one phase, and how many were in between."""

    def __init__(self, keep: int = 1024) -> None:
        self.keep = keep
        self.first = b""
        self.last = b""
        self.dropped = 0

    def add(self, data: bytes) -> None:
        """Append output."""
        room = self.keep - len(self.first)
        self.first += data[:room]
        whole = self.last + data[room:]
        self.dropped += max(0, len(whole) - self.keep)
        self.last = whole[-self.keep :]


class Tail:
    """The end of a process's output, and how many bytes preceded it."""

    def __init__(self, keep: int = 4096) -> None:
        self.keep = keep
        self.kept = b""
        self.dropped = 0
        self.head = Head()  # of the current phase

    @property
    def seen(self) -> int:
        """Bytes of output so far."""
        return self.dropped + len(self.kept)

    def add(self, data: bytes) -> None:
        """Append output."""
        self.head.add(data)
        whole = self.kept + data
        self.dropped += max(0, len(whole) - self.keep)
        self.kept = whole[-self.keep :]


class Conversation:
    """Talks to the process behind a handle, under its limits."""

    def __init__(
        self,
        handle: StudentProcessHandle,
        tail: Tail,
        *,
        memory_mb: int,
        reply_mb: int,
        callbacks: int,
    ) -> None:
        self.handle = handle
        self.tail = tail
        self.memory_mb = memory_mb
        self.max_body = reply_mb * MEBIBYTE
        self.callback_limit = callbacks
        self.number = 0
        self.ready = False
        self.card: str | None = None  # the name of the graphics card, if it computes on one
        self.meter = Meter(handle.pid)
        self._scratch = handle.scratch
        self._looked = 0.0
        self._reader = stream.Reader(handle.channel)
        self._watched = selectors.EVENT_READ
        self._selector = selectors.DefaultSelector()
        self._selector.register(handle.channel, self._watched)
        self._selector.register(handle.output, selectors.EVENT_READ)

    def close(self) -> None:
        """End the process, after reading the rest of its output."""
        self.drain()
        self.meter.stop()
        self._selector.close()
        self.handle.close()

    def request(
        self,
        operation: str,
        value: Any,
        allowance: Allowance,
        *,
        seed: int | None = None,
        callbacks: Callbacks = (),
        watched: bool = False,
    ) -> Outcome:
        """Send a request and wait for its outcome.

        ``watched``: it asks for the device traffic of the call.
        """
        self.number += 1
        pieces = frames.pack(operation, self.number, value, seed=seed)

        def exchange(wait: stream.Wait) -> Outcome:
            stream.send(self.handle.channel, pieces, wait)
            asked = 0
            while True:
                reading = time.process_time()
                header, reply = self._receive(wait)
                if header["op"] != "ask":
                    return self._outcome(header["op"], reply, watched)
                asked += 1
                if asked > self.callback_limit:
                    return TooManyCallbacks(self.callback_limit)
                self._charge(allowance, time.process_time() - reading)
                self._answer(reply, callbacks, allowance, wait)

        return self._guarded(exchange, allowance)

    def send_ahead(self, pieces: list[frames.Buffer], allowance: Allowance) -> Outcome:
        """Send requests whose replies are read later, numbered from the next number on."""

        def exchange(wait: stream.Wait) -> Outcome:
            stream.send(self.handle.channel, pieces, wait)
            return SENT

        return self._guarded(exchange, allowance)

    def receive_ahead(self, allowance: Allowance) -> Outcome:
        """Wait for the outcome of the first request that was sent ahead and is not answered."""
        self.number += 1

        def exchange(wait: stream.Wait) -> Outcome:
            header, reply = self._receive(wait)
            if header["op"] == "failed" and _tells_why(reply) and reply["why"] == "skipped":
                return SKIPPED
            return self._outcome(header["op"], reply, watched=False)

        return self._guarded(exchange, allowance)

    def _guarded(self, exchange: Callable[[stream.Wait], Outcome], allowance: Allowance) -> Outcome:
        """Return the outcome of an exchange, however it ends."""
        began, seen = time.monotonic(), self.tail.seen

        def wait(writing: bool) -> None:
            self._wait(allowance, writing=writing)

        try:
            return exchange(wait)
        except ExpiredError:
            # A flooding process is blocked until the judge reads: that is not sleeping.
            flooded = self.tail.seen - seen > FLOOD
            return TimedOut(allowance.cpu_limit, allowance.wall_expired() and not flooded)
        except ScratchFullError:
            return ScratchFull(MEBIBYTES, FILES)
        except ClosedError:
            return self._ended(allowance)
        except ProtocolError as error:
            return Malformed(str(error))
        finally:
            self.meter.asking += time.monotonic() - began

    @property
    def received(self) -> int:
        """Bytes of the last answer."""
        return self._reader.received

    def _receive(self, wait: stream.Wait) -> tuple[Mapping[str, Any], Any]:
        while True:
            header, value = self._reader.receive(wait, max_body=self.max_body + HEADROOM)
            if header["op"] == "ready" and not self.ready:
                self.ready = True
                self.card = _name_of_card(value)
            elif header["id"] != self.number:
                raise ProtocolError("answer to another question")
            else:
                return header, value

    def _answer(
        self, asked: Any, callbacks: Callbacks, allowance: Allowance, wait: stream.Wait
    ) -> None:
        """Evaluate one of the judge's functions for the submission."""
        match asked:
            case [int(number), list(args), dict(kwargs)] if 0 <= number < len(callbacks):
                began, computing = time.monotonic(), time.process_time()
                try:
                    answer = frames.pack("answer", self.number, callbacks[number](*args, **kwargs))
                except Exception as error:  # noqa: BLE001 - the function got something unfit
                    answer = frames.pack("refuse", self.number, _public(error))
                seconds = time.monotonic() - began
                allowance.pause(seconds)
                self.meter.asking -= seconds
                self._charge(allowance, time.process_time() - computing)
                stream.send(self.handle.channel, answer, wait)
            case _:
                raise ProtocolError("bad question")

    def _charge(self, allowance: Allowance, seconds: float) -> None:
        """Charge the judge's CPU time for a question to the process that asks it."""
        allowance.charge(seconds)
        self.meter.answering += seconds
        if allowance.used(self.handle.pid) >= allowance.cpu_limit:
            raise ExpiredError

    def _outcome(self, operation: str, reply: Any, watched: bool) -> Outcome:
        if operation != "done" and not _tells_why(reply):
            raise ProtocolError("unknown kind of answer")
        match operation, reply:
            case "done", [value, list(changed), dict(seen)] if watched:
                return Returned(value, _changed(changed), seen_of(seen))
            case "done", [value, list(changed)] if not watched:
                return Returned(value, _changed(changed))
            case "done", dict(description):
                return Returned(description)
            case "raised", {"why": "memory"}:
                return OutOfMemory(self.memory_mb)
            case "raised", dict(description):
                return exception_of(description)
            case "failed", {"why": "too_many_bytes", "size": int(size)} if size in SIZES:
                return TooLarge(size // MEBIBYTE)
            case "failed", {"why": "too_many_values"}:
                return TooLarge(None)
        raise ProtocolError("unknown kind of answer")

    def _ended(self, allowance: Allowance) -> Outcome:
        self.handle.kill()
        self.meter.stop()
        code = self.handle.wait()
        if code < 0 and -code in CPU_SIGNALS:
            return TimedOut(allowance.cpu_limit, waiting=False)
        name = None
        if code < 0:
            with contextlib.suppress(ValueError):
                name = signal.Signals(-code).name
        return Crashed(name)

    def _wait(self, allowance: Allowance, *, writing: bool) -> None:
        """Wait until the channel is ready, draining the output and watching the clocks."""
        wanted = selectors.EVENT_WRITE if writing else selectors.EVENT_READ
        if wanted != self._watched:
            self._selector.modify(self.handle.channel, wanted)
            self._watched = wanted
        ready = False
        while not ready:
            patience = allowance.next_poll(self.handle.pid)
            if patience <= 0:
                raise ExpiredError
            if self._scratch is not None:
                self._look_into(self._scratch)
                patience = min(patience, LOOKING_SECONDS)
            for key, _ in self._selector.select(max(patience, 0.001)):
                if key.fileobj is self.handle.channel:
                    ready = True
                else:
                    self.drain()

    def _look_into(self, scratch: str) -> None:
        """Enforce the limits of a scratch folder on disk, which no quota limits."""
        now = time.monotonic()
        if now - self._looked >= LOOKING_SECONDS:
            if is_overfull(scratch):
                raise ScratchFullError
            self._looked = now

    def drain(self) -> None:
        """Read a bounded part of the output, so that a flood never stops the clock."""
        with contextlib.suppress(OSError, KeyError):
            for _ in range(DRAINED_AT_ONCE):
                data = self.handle.output.recv(1 << 16)
                if not data:
                    self._selector.unregister(self.handle.output)
                    return
                self.tail.add(data)


def _public(error: Exception) -> str:
    """Return the name of an exception if it is built in: others are internal to the grader."""
    kinds = (kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    return next(kinds).__name__


def _tells_why(reply: Any) -> bool:
    """Return True if a reply gives a reason: it may be a value that raises when compared."""
    return isinstance(reply, dict) and type(reply.get("why")) is str


def _name_of_card(said: Any) -> str | None:
    """Return the name of the card that a process reports before it loads anything."""
    match said:
        case {"card": str(name)}:
            return name[:100]
    return None


def _changed(rows: list[Any]) -> dict[int, Any]:
    changed: dict[int, Any] = {}
    for row in rows:
        match row:
            case [int(index), value] if index >= 0:
                changed[index] = value
            case _:
                raise ProtocolError("bad list of changes")
    return changed
