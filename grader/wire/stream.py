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

GATHERED = 64 << 10

Wait = Callable[[bool], None]
"""Called when the socket is not ready (True: to write); returns when it may be, or raises."""


def send(sock: socket.socket, pieces: Iterable[Buffer], wait: Wait | None = None) -> None:
    """Send all pieces. Raises ClosedError when the other side is gone."""
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


def receive(
    sock: socket.socket,
    wait: Wait | None = None,
    *,
    max_body: int = MAX_BODY,
    build: Callable[[Any], Any] | None = None,
) -> tuple[Mapping[str, Any], Any]:
    """Return header and value of the next frame.

    Plain reads only: descriptors that the other side attaches are dropped by the kernel.
    Raises ClosedError, ProtocolError, and whatever ``wait`` raises.
    """
    head = _read(sock, memoryview(bytearray(HEAD.size)), wait)
    header_length, body_length = parse_head(head, max_body)
    header = parse_header(_read(sock, memoryview(bytearray(header_length)), wait))
    # Lazily backed by the kernel: a promised body that never comes costs no memory.
    body = _read(sock, np.empty(body_length, np.uint8).data, wait)
    return header, decode(header.get("v"), body, build)


def _read(sock: socket.socket, into: memoryview, wait: Wait | None) -> memoryview:
    got = 0
    while got < len(into):
        try:
            count = sock.recv_into(into[got:])
        except BlockingIOError:
            if wait is None:
                raise
            wait(False)  # noqa: FBT003
            continue
        except OSError as error:
            raise ClosedError(str(error)) from error
        if count == 0:
            raise ClosedError(f"closed after {got} of {len(into)} bytes")
        got += count
    return into
