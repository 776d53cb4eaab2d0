"""A student process that is none: what the judge will read is laid into its sockets beforehand."""

import contextlib
import os
import select
import socket

from grader.judge.processes.clock import Allowance
from grader.judge.processes.conversation import Conversation, Tail
from grader.judge.processes.student_processes import StudentProcessHandle

CALLBACKS = 5


class UntilSilence(Allowance):
    """Has patience as long as the student has more to say: no test waits, however busy it is."""

    def __init__(self, channel):
        super().__init__(1e9, 0.0, 0.0)
        self._channel = channel

    def patience(self, _pid):
        return float(bool(select.select([self._channel], [], [], 0)[0]))


class Pretended(StudentProcessHandle):
    """The judge's hold of it; ``ends`` is the exit code that it will turn out to have."""

    def __init__(self, ends=0):
        channel, self.theirs = socket.socketpair()
        output, self.printed = socket.socketpair()
        for sock in (self.theirs, self.printed):
            sock.setblocking(False)  # noqa: FBT003
        self.finish = ends
        self.killed = False
        super().__init__(os.getpid(), channel, output, "/nowhere")

    def say(self, data):
        """Send bytes, as many as there is room for; return whether that was all."""
        with contextlib.suppress(BlockingIOError):
            return self.theirs.send(data) == len(data)
        return not data

    def heard(self):
        """Return all that the judge has said since the last time."""
        data = b""
        with contextlib.suppress(BlockingIOError):
            while piece := self.theirs.recv(1 << 16):
                data += piece
        return data

    def leave(self):
        """End the process: it says nothing more."""
        self.theirs.shutdown(socket.SHUT_WR)
        self.printed.close()

    def kill(self):
        self.killed = True

    def wait(self):
        return self.finish

    def close(self):
        super().close()
        self.theirs.close()
        self.printed.close()


def conversation(student):
    """Return a conversation with it, under small limits."""
    return Conversation(student, Tail(), memory_mb=64, reply_mb=1, callbacks=CALLBACKS)


def request(talk, callbacks=()):
    """Make one request."""
    allowance = UntilSilence(talk.handle.channel)
    return talk.request("call", ["double", [], {}], allowance, callbacks=callbacks)


def answered(data):
    """Return the outcome of one request to a student that says these bytes, and then ends."""
    student = Pretended()
    talk = conversation(student)
    student.say(data)
    student.leave()
    try:
        return request(talk, callbacks=[abs])
    finally:
        talk.close()
