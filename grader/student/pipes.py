"""Pipes and socket pairs without the kernel's, whose inode numbers count for the whole machine.

A named pipe in a scratch folder in memory has an inode number of that file system. Two of them
replace a socket pair within the process, by which event loops wake themselves.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import socket
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

_STREAM = (socket.AF_UNIX, socket.SOCK_STREAM) if hasattr(socket, "AF_UNIX") else ()


class End:
    """One of two ends: data sent to one is received from the other."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing
        self._timeout: float | None = None

    def fileno(self) -> int:
        """Return a descriptor to wait on for reading; -1 when closed."""
        return self._reading

    def setblocking(self, flag: bool) -> None:
        """Set whether reading waits or raises BlockingIOError."""
        self.settimeout(None if flag else 0.0)

    def settimeout(self, seconds: float | None) -> None:
        """Set the seconds that reading waits; None: without limit."""
        self._timeout = seconds
        for descriptor in (self._reading, self._writing):
            os.set_blocking(descriptor, seconds is None or seconds > 0)

    def gettimeout(self) -> float | None:
        """Return the timeout in seconds."""
        return self._timeout

    def recv(self, size: int) -> bytes:
        """Return received bytes, b"" when the other end is closed."""
        if self._timeout and not select.select([self._reading], [], [], self._timeout)[0]:
            raise TimeoutError("timed out")
        return os.read(self._reading, size)

    def recv_into(self, buffer: Any) -> int:
        """Read into a buffer; return the number of bytes."""
        view = memoryview(buffer).cast("B")
        data = self.recv(len(view))
        view[: len(data)] = data
        return len(data)

    def send(self, data: Any) -> int:
        """Write as much as there is room for; return the number of bytes."""
        return os.write(self._writing, data)

    def sendall(self, data: Any) -> None:
        """Write all of ``data``."""
        view = memoryview(data).cast("B")
        while len(view):
            view = view[self.send(view) :]

    def shutdown(self, how: int) -> None:
        """Stop sending."""
        if how != socket.SHUT_RD and self._writing >= 0:
            os.close(self._writing)
            self._writing = -1

    def close(self) -> None:
        """Close both pipes of this end."""
        self.shutdown(socket.SHUT_WR)
        if self._reading >= 0:
            os.close(self._reading)
            self._reading = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        with contextlib.suppress(OSError):
            self.close()


def install(scratch: str) -> None:
    """Replace ``os.pipe``, ``os.pipe2`` and ``socket.socketpair`` by named pipes in ``scratch``."""
    real = socket.socketpair
    pipe = _piping(scratch)

    def socketpair(*arguments: Any, **named: Any) -> Any:
        asked = (*arguments, *named.values())[:2]
        if asked != _STREAM[: len(asked)]:
            return real(*arguments, **named)
        (reading, sending), (receiving, writing) = pipe(os.O_CLOEXEC), pipe(os.O_CLOEXEC)
        return End(reading, writing), End(receiving, sending)

    vars(socket)["socketpair"] = socketpair
    vars(os).update(pipe=lambda: pipe(os.O_CLOEXEC), pipe2=pipe)


def _piping(scratch: str) -> Callable[[int], tuple[int, int]]:
    names = (f"{scratch}/.pipe-{number}" for number in itertools.count())

    def pipe(flags: int, /) -> tuple[int, int]:
        name = next(names)
        os.mkfifo(name, 0o600)
        try:
            reading = os.open(name, os.O_RDONLY | os.O_NONBLOCK | flags)
            writing = os.open(name, os.O_WRONLY | flags)
        finally:
            os.unlink(name)  # noqa: PTH108 - nothing else here has a Path
        os.set_blocking(reading, not flags & os.O_NONBLOCK)
        return reading, writing

    return pipe
