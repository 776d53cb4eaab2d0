"""Frames over a socket: blocking on the student's side, with a deadline on the judge's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.errors import ClosedError
from grader.wire.frames import HEAD, MAX_BODY, Buffer, parse_head, parse_header
from grader.wire.values import decode

if TYPE_CHECKING:
    import socket

# Bytes of the read buffer; frames up to this size are sent and received in one system call.
GATHERED = 64 << 10

Wait = Callable[[bool], None]
"""Called when the socket is not ready (True: to write); returns to retry, or raises."""


def send(sock: socket.socket, pieces: Iterable[Buffer], wait: Wait | None = None) -> None:
    """Send all pieces.

    Raises:
        ClosedError: the other side has closed the connection.

    """
    for piece in _gathered(list(pieces)):
        rest = memoryview(piece)
        while rest:
            try:
                rest = rest[sock.send(rest[: 1 << 20]) :]
            except BlockingIOError:
                if wait is None:
                    raise
                wait(True)  # noqa: FBT003 - see Wait
            except OSError as error:
                raise ClosedError(str(error)) from error


def _gathered(pieces: list[Buffer]) -> list[Buffer]:
    """Join the pieces of a small frame: one system call instead of several."""
    return [b"".join(pieces)] if sum(map(len, pieces)) <= GATHERED else pieces


class Reader:
    """Reads frames from a socket; a small one in a single call.

    Reads by recv(2) only: descriptors that the other side attaches are dropped by the kernel.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._buffer = memoryview(bytearray(GATHERED))
        self._start = self._end = 0  # read and not yet consumed
        self.received = 0  # bytes of the last frame

    def receive(
        self,
        wait: Wait | None = None,
        *,
        max_body: int = MAX_BODY,
        build: Callable[[Any], Any] | None = None,
    ) -> tuple[Mapping[str, Any], Any]:
        """Return header and value of the next frame; exceptions of ``wait`` propagate.

        Raises:
            ClosedError: the other side has closed the connection.
            ProtocolError: the frame is malformed or exceeds a limit.

        """
        if wait is not None and self._start == self._end:
            wait(False)  # noqa: FBT003 - an answer is never there at once
        header_length, body_length = parse_head(self._take(HEAD.size, wait), max_body)
        self.received = HEAD.size + header_length + body_length
        header = parse_header(self._take(header_length, wait))
        return header, decode(header.get("v"), self._take(body_length, wait), build)

    def _take(self, size: int, wait: Wait | None) -> memoryview:
        """Return the next ``size`` bytes; the memory is valid until the next call."""
        if size > len(self._buffer):
            return self._take_large(size, wait)
        if self._start + size > len(self._buffer):
            kept = bytes(self._buffer[self._start : self._end])
            self._buffer[: len(kept)] = kept
            self._start, self._end = 0, len(kept)
        while self._end - self._start < size:
            self._end += self._read(self._buffer[self._end :], wait)
        taken = self._buffer[self._start : self._start + size]
        self._start += size
        if self._start == self._end:
            self._start = self._end = 0
        return taken

    def _take_large(self, size: int, wait: Wait | None) -> memoryview:
        # The kernel allocates on first write: an announced body that never arrives costs no memory.
        taken = np.empty(size, np.uint8).data
        got = self._end - self._start
        taken[:got] = self._buffer[self._start : self._end]
        self._start = self._end = 0
        while got < size:
            got += self._read(taken[got:], wait)
        return taken

    def _read(self, into: memoryview, wait: Wait | None) -> int:
        while True:
            try:
                count = self._sock.recv_into(into)
            except BlockingIOError:
                if wait is None:
                    raise
                wait(False)  # noqa: FBT003
                continue
            except OSError as error:
                raise ClosedError(str(error)) from error
            if count == 0:
                raise ClosedError("closed within a frame")
            return count
