"""A student process that is none: what the judge will read is laid into its sockets beforehand."""

import contextlib
import os
import select
import socket
from collections.abc import Callable, Sequence
from typing import Any

from grader.judge.processes.clock import Allowance
from grader.judge.processes.conversation import Conversation, Tail
from grader.judge.processes.outcomes import Outcome
from grader.judge.processes.student_processes import StudentProcessHandle

CALLBACKS = 5


class UntilSilence(Allowance):
    """Has patience as long as the student has more to say: no test waits, however busy it is."""

    def __init__(self, channel: socket.socket) -> None:
        super().__init__(1e9, 0.0, 0.0)
        self._channel = channel

    def next_poll(self, _pid: int) -> float:
        return float(bool(select.select([self._channel], [], [], 0)[0]))


class Pretended(StudentProcessHandle):
    """The judge's hold of it; ``ends`` is the exit code that it will turn out to have."""

    def __init__(self, ends: int = 0) -> None:
        channel, self.theirs = socket.socketpair()
        output, self.printed = socket.socketpair()
        for sock in (self.theirs, self.printed):
            sock.setblocking(False)  # noqa: FBT003
        self.finish = ends
        self.killed = False
        super().__init__(os.getpid(), channel, output, "/nowhere")

    def say(self, data: bytes) -> bool:
        """Send bytes, as many as there is room for; return whether that was all."""
        with contextlib.suppress(BlockingIOError):
            return self.theirs.send(data) == len(data)
        return not data

    def heard(self) -> bytes:
        """Return all that the judge has said since the last time."""
        data = b""
        with contextlib.suppress(BlockingIOError):
            while piece := self.theirs.recv(1 << 16):
                data += piece
        return data

    def leave(self) -> None:
        """End the process: it says nothing more."""
        self.theirs.shutdown(socket.SHUT_WR)
        self.printed.close()

    def kill(self) -> None:
        self.killed = True

    def wait(self) -> int:
        return self.finish

    def close(self) -> None:
        super().close()
        self.theirs.close()
        self.printed.close()


def conversation(student: Pretended) -> Conversation:
    """Return a conversation with it, under small limits."""
    return Conversation(student, Tail(), memory_mb=64, reply_mb=1, callbacks=CALLBACKS)


def request(talk: Conversation, callbacks: Sequence[Callable[..., Any]] = ()) -> Outcome:
    """Make one request."""
    allowance = UntilSilence(talk.handle.channel)
    return talk.request("call", ["double", [], {}], allowance, callbacks=callbacks)


def answered(data: bytes) -> Outcome:
    """Return the outcome of one request to a student that says these bytes, and then ends."""
    student = Pretended()
    talk = conversation(student)
    student.say(data)
    student.leave()
    try:
        return request(talk, callbacks=[abs])
    finally:
        talk.close()
