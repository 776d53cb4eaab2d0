"""A process that says what a test wants, in place of the student's side."""

import socket
import subprocess
import sys
import time
from typing import Any

from grader.judge.processes.clock import Allowance
from grader.judge.processes.conversation import Conversation, Tail
from grader.judge.processes.outcomes import Outcome
from grader.judge.processes.student_processes import StudentProcessHandle

LONG, SHORT = 20.0, 0.2
"""CPU seconds allowed: more than anybody needs, and what a test of a timeout waits for."""

PRELUDE = r"""
import json, os, socket, struct, sys, time

sock = socket.socket(fileno=int(sys.argv[1]))


def frame(op, number, value=None, body=b"", promise=None):
    header = json.dumps({"op": op, "id": number, "v": value}).encode()
    length = len(body) if promise is None else promise
    return struct.pack("<4sIQ", b"NNG1", len(header), length) + header + body


def say(*args, **options):
    sock.sendall(frame(*args, **options))


def exactly(count):
    data = b""
    while len(data) < count:
        piece = sock.recv(count - len(data))
        if not piece:
            sys.exit()
        data += piece
    return data


def heard():
    _, header, body = struct.unpack("<4sIQ", exactly(16))
    message = json.loads(exactly(header))
    exactly(body)
    return message


def items(*values):
    return {"$": "l", "v": list(values)}


def done(value):
    return items(value, items())


def pairs(**values):
    return {"$": "d", "v": [[key, value] for key, value in values.items()]}


def array(shape, dtype="<f8", offset=0):
    return {"$": "a", "d": dtype, "s": shape, "o": offset}


DESCRIPTION = {"type": "ValueError", "detail": "bad", "line": 3, "why": "raised", "module": None}
"""


class Puppet(StudentProcessHandle):
    """A process that runs a script of a test instead of the student's side."""

    def __init__(self, script: str) -> None:
        channel, theirs = socket.socketpair()
        output, printed = socket.socketpair()
        with theirs, printed:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", PRELUDE + script, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdout=printed.fileno(),
                stderr=printed.fileno(),
            )
        super().__init__(self.process.pid, channel, output, "/nowhere")

    def kill(self) -> None:
        self.process.kill()

    def wait(self) -> int:
        return self.process.wait()

    def close(self) -> None:
        self.kill()
        self.wait()
        super().close()


class Talk(Conversation):
    """A conversation with a process that runs a script."""

    def __init__(self, script: str, **limits: int) -> None:
        settings = {"memory_mb": 64, "reply_mb": 1, "callbacks": 5} | limits
        self.puppet = Puppet(script)
        super().__init__(self.puppet, Tail(), **settings)

    def ask(self, value: Any = None, *, limit: float = LONG, **options: Any) -> Outcome:
        """Make one request; it must be answered long before the test run is given up."""
        allowance = Allowance.starting_now(self.handle.pid, limit)
        began = time.monotonic()
        outcome = self.request("call", value, allowance, **options)
        assert time.monotonic() - began < 30
        return outcome

    def close_for_good(self) -> None:
        """Close it; the process must have ended then."""
        self.close()
        assert self.puppet.process.returncode is not None

    @property
    def said(self) -> str:
        """What was printed so far."""
        return self.tail.kept.decode()
