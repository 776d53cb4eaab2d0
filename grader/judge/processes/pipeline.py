"""Calls that are sent to a student process before the judge needs their results.

Theory of operation. Most of what a check costs is not computing but waiting: a request, a reply and
two switches between processes for each call. The inputs of a class are the same for every
submission, so the calls of a check are known once a submission has passed it. A pipeline sends the
calls of a few checks in one piece. The process makes them one after the other, and the judge finds
each reply there when its check makes the call.

The result must be what it would have been without. So a reply is used only where the check makes
exactly the call that was sent for it, as the next one, and where nothing but a value or an
exception has come of it: no crash, no more than a small part of the computing time of one check.
Marks separate the output of one call from that of the next; that of a call whose reply is not used
is dropped. Where a call of a check has raised, the process skips the others of that check, as the
check ends.

In every other case `take` returns None, and the call is made without a pipeline. The process may
then have done what it should not have. If so (`is_clean` is false), it is ended unseen, and a fresh
one makes the calls whose replies were used (`pipelined_program.py`).

Who may lie: the process, as ever. It may look at the calls that are to come, which are inputs and
no results, and about what was printed by which of its own calls. Clocks and limits are the judge's
own.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.judge.processes.clock import Allowance
from grader.judge.processes.conversation import SENT, SKIPPED, Conversation, Tail
from grader.judge.processes.outcomes import Outcome, Raised, Returned
from grader.wire import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.judge.processes.sandboxed_program import FunctionCall
    from grader.wire.values import Encoded

SHARE = 0.1
"""Share of the CPU seconds of one check that the calls of a pipeline may use between the beginnings
of two checks: what takes longer is measured call by call, without a pipeline."""
WINDOW = 64 << 10
"""Bytes of requests without a reply. A socket buffer holds more (net.core.wmem_default: 208 KiB),
so that the judge is never blocked while the process is blocked as well."""
CAPTURED = 1 << 20
"""Bytes of output between two replies: with more, the pipeline ends."""


@dataclass(frozen=True, eq=False)
class ExpectedCall:
    """A call that a check is expected to make, encoded.

    ``group``: the place of the check, from 0; ``seed``: that of the process's generators, with the
    first call of a check; ``mark``: what the process writes to its output after the call.
    """

    group: int
    operation: str
    digest: bytes
    seed: int | None
    encoded: Encoded
    mark: str
    _frames: dict[int, bytes] = field(default_factory=dict)

    def frame(self, number: int) -> bytes:
        """Return the request with this number."""
        if number not in self._frames:
            pieces = frames.assemble(
                self.operation,
                number,
                self.encoded,
                seed=self.seed,
                ahead={"group": self.group, "mark": self.mark},
            )
            self._frames[number] = b"".join(pieces)
        return self._frames[number]


class _Captured(Tail):
    """The output since the last mark, in full."""

    def __init__(self) -> None:
        super().__init__(CAPTURED)

    def until(self, mark: bytes) -> bytes | None:
        """Return the output before a mark and forget both; None if there is no such mark."""
        before, found, after = self.kept.partition(mark)
        if not found or self.dropped:
            return None
        self.kept = after
        return before


class Pipeline:
    """The calls that one student process was sent ahead.

    ``differs``: the current check makes another call than it was expected to make. ``left``: the
    place of an earlier check that has made fewer.
    """

    def __init__(self, conversation: Conversation, cpu_limit: float) -> None:
        """``cpu_limit``: CPU seconds of one check."""
        self.differs = False
        self.left: int | None = None
        self._conversation = conversation
        self._cpu_limit = cpu_limit
        self._waiting: deque[tuple[ExpectedCall, int]] = deque()  # with their sizes
        self._size = 0
        self._next = conversation.number + 1  # the number of the next request
        self._raised_in: int | None = None
        self._broken = False  # more came of a call than a value or an exception
        conversation.drain()
        self._tail, self._captured = conversation.tail, _Captured()
        conversation.tail = self._captured
        self._allowance = self._starting_now()

    @property
    def is_clean(self) -> bool:
        """Whether the process has made no call but those whose replies were used."""
        return not self._waiting and not self._broken

    def room_for(self, calls: Sequence[ExpectedCall]) -> bool:
        """Return True if these calls may be sent."""
        return self._size + sum(len(call.frame(0)) for call in calls) <= WINDOW

    def send(self, calls: Sequence[ExpectedCall]) -> None:
        """Send calls."""
        requests = [call.frame(number) for number, call in enumerate(calls, start=self._next)]
        self._next += len(requests)
        self._waiting += zip(calls, map(len, requests), strict=True)
        self._size += sum(map(len, requests))
        self._allowance = self._starting_now()
        if self._conversation.send_ahead(list(requests), self._allowance) is not SENT:
            self._broken = True

    def finish(self) -> None:
        """Let the process go on without a pipeline."""
        if self._captured.kept:
            self._tail.add(self._captured.kept)
        self._conversation.tail = self._tail

    def take(self, group: int, call: FunctionCall, seed: int | None) -> Returned | Raised | None:
        """Return the outcome of a call that was sent ahead; None: it must be made anew."""
        if self._broken or not self._skip_before(group) or not self._waiting:
            return None
        expected, _ = self._waiting[0]
        if (expected.group, expected.digest, expected.seed) != (group, call.digest, seed):
            self.differs = True
            return None
        outcome = self._receive()
        if outcome is SKIPPED:  # the check goes on after an exception
            self._skip_before(group + 1)
            return None
        if not isinstance(outcome, (Returned, Raised)) or not self._show(expected):
            self._broken = True
            return None
        if isinstance(outcome, Raised):
            self._raised_in = group
        return outcome

    def _skip_before(self, group: int) -> bool:
        """Pass over calls of earlier checks; return True if none of them was made."""
        while self._waiting and self._waiting[0][0].group < group:
            left = self._waiting[0][0].group
            if left != self._raised_in or self._receive() is not SKIPPED:
                self.left = left
                self._broken = True
                return False
        return True

    def _receive(self) -> Outcome | None:
        """Return the next outcome; None if the process took too long."""
        outcome = self._conversation.receive_ahead(self._allowance)
        self._size -= self._waiting.popleft()[1]
        used = self._allowance.used(self._conversation.handle.pid)
        return outcome if used < self._allowance.cpu_limit else None

    def _show(self, call: ExpectedCall) -> bool:
        """Add what a call has printed to the output; return True if its mark was found."""
        self._conversation.drain()
        printed = self._captured.until(frames.mark(call.mark, self._conversation.number))
        if printed:
            self._tail.add(printed)
        return printed is not None

    def _starting_now(self) -> Allowance:
        # As much wall time as a check has CPU time: the process may have to wait for a processor.
        pid = self._conversation.handle.pid
        return Allowance.starting_now(pid, SHARE * self._cpu_limit, at_least=self._cpu_limit)
