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
HEADROOM = 64 << 10
DRAINED_AT_ONCE = 16
FLOOD = 1 << 20
"""So many bytes printed during a request are a flood: a process that only prints waits for the
judge to read them, so its wall time says nothing of it."""
LOOKING_SECONDS = 0.02
"""Between two looks into a scratch folder on disk: what is written meanwhile may pass the limit."""
SIZES = range(1 << 63)
CPU_SIGNALS = {signal.SIGXCPU}
Callbacks = Sequence[Callable[..., Any]]


class ScratchFullError(Exception):
    """The scratch folder holds more than it may."""


class Head:
    """The first and the last of what was printed during a while, and how much lay between."""

    def __init__(self, keep: int = 1024) -> None:
        self.keep = keep
        self.first = b""
        self.last = b""
        self.dropped = 0

    def add(self, data: bytes) -> None:
        """Add what was printed next."""
        room = self.keep - len(self.first)
        self.first += data[:room]
        whole = self.last + data[room:]
        self.dropped += max(0, len(whole) - self.keep)
        self.last = whole[-self.keep :]


class Tail:
    """The end of what a process printed, and how much came before it."""

    def __init__(self, keep: int = 4096) -> None:
        self.keep = keep
        self.kept = b""
        self.dropped = 0
        self.head = Head()  # of what is going on now

    @property
    def seen(self) -> int:
        """Bytes printed so far."""
        return self.dropped + len(self.kept)

    def add(self, data: bytes) -> None:
        """Add what was printed next."""
        self.head.add(data)
        whole = self.kept + data
        self.dropped += max(0, len(whole) - self.keep)
        self.kept = whole[-self.keep :]


class Conversation:
    """Speaks with the process behind a handle, under its limits."""

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
        """End the process, having read the last of what it printed."""
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

        ``watched``: it asks what the call does on its device.
        """
        self.number += 1
        pieces = frames.pack(operation, self.number, value, seed=seed)
        asked, began, seen = 0, time.monotonic(), self.tail.seen

        def wait(writing: bool) -> None:
            self._wait(allowance, writing=writing)

        try:
            stream.send(self.handle.channel, pieces, wait)
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
        except ExpiredError:
            # A process that floods waits for the judge to read: that is not sleeping.
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
        """Charge the CPU time that the judge spends on a question to the process that asks it."""
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
        """Wait until the channel is ready; drain what is printed; watch the clocks."""
        wanted = selectors.EVENT_WRITE if writing else selectors.EVENT_READ
        if wanted != self._watched:
            self._selector.modify(self.handle.channel, wanted)
            self._watched = wanted
        ready = False
        while not ready:
            patience = allowance.patience(self.handle.pid)
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
        """See to the limits of a scratch folder that nothing else limits."""
        now = time.monotonic()
        if now - self._looked >= LOOKING_SECONDS:
            if is_overfull(scratch):
                raise ScratchFullError
            self._looked = now

    def drain(self) -> None:
        """Read what was printed: a bounded part of it, so that a flood never stops the clock."""
        with contextlib.suppress(OSError, KeyError):
            for _ in range(DRAINED_AT_ONCE):
                data = self.handle.output.recv(1 << 16)
                if not data:
                    self._selector.unregister(self.handle.output)
                    return
                self.tail.add(data)


def _public(error: Exception) -> str:
    """Return the name of an exception that everybody knows: others are the grader's own."""
    kinds = (kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    return next(kinds).__name__


def _tells_why(reply: Any) -> bool:
    """Tell whether a reply names a reason: not everything can be compared with one."""
    return isinstance(reply, dict) and type(reply.get("why")) is str


def _name_of_card(said: Any) -> str | None:
    """Return the card that a process has touched, as it says before it loads anything."""
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
