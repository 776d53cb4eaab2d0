"""Listens on every kind of socket that a submission might reach, and notes what comes."""

import contextlib
import json
import os
import selectors
import signal
import socket
import time
from collections.abc import Iterable
from pathlib import Path

from arena.mounts import PUBLIC

TCP_PORTS, UDP_PORTS = (22, 80, 443, 8080), (53, 514)
STREAMS = ("\0grader", "/run/docker.sock", "/tmp/catcher.sock")  # noqa: S108
DATAGRAMS = ("\0log", "/run/log", "/tmp/catcher.dgram")  # noqa: S108
PLACES = ("\0", *(f"{place}/" for place in PUBLIC))
BELL = "\0log"
ANSWER = b"ATTACK-SUCCEEDED\n"
LONGEST = 65536
PATIENCE_SECONDS = 60


class Catcher:
    """Notes every connection and every datagram in a file in memory, one JSON list a line."""

    def __init__(self) -> None:
        self._log = os.memfd_create("caught")
        self._selector = selectors.DefaultSelector()
        for port in TCP_PORTS:
            self._listen(_internet(port, socket.SOCK_STREAM), f"TCP {port}")
        for port in UDP_PORTS:
            self._hear(_internet(port, socket.SOCK_DGRAM), f"UDP {port}")
        for path in _possible(STREAMS):
            self._listen(_local(path, socket.SOCK_STREAM), f"stream {path!r}")
        for path in _possible(DATAGRAMS):
            self._hear(_local(path, socket.SOCK_DGRAM), f"datagram {path!r}")

    def lend(self) -> int:
        """Return the descriptor of the notes, for a program about to be started."""
        os.set_inheritable(self._log, True)  # noqa: FBT003
        return self._log

    def serve_until_end_of(self, child: int) -> int:
        """Listen, and reap every orphan, until that child ends; return its exit code."""
        bell, wakeup = socket.socketpair()
        for sock in (bell, wakeup):
            sock.setblocking(False)  # noqa: FBT003
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakeup.fileno())
        self._selector.register(bell, selectors.EVENT_READ, lambda: bell.recv(LONGEST))
        while True:
            with contextlib.suppress(ChildProcessError):
                while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                    if ended[0] == child:
                        return os.waitstatus_to_exitcode(ended[1]) % 256
            for key, _ in self._selector.select():
                with contextlib.suppress(OSError):
                    key.data()

    def _listen(self, sock: socket.socket, where: str) -> None:
        sock.listen()
        self._selector.register(sock, selectors.EVENT_READ, lambda: self._accept(sock, where))

    def _hear(self, sock: socket.socket, where: str) -> None:
        def receive() -> None:
            self._note(where, sock.recv(LONGEST))

        self._selector.register(sock, selectors.EVENT_READ, receive)

    def _accept(self, sock: socket.socket, where: str) -> None:
        connection, _ = sock.accept()
        connection.setblocking(False)  # noqa: FBT003
        self._note(where, b"")
        self._selector.register(
            connection, selectors.EVENT_READ, lambda: self._read(connection, where)
        )
        connection.send(ANSWER)

    def _read(self, connection: socket.socket, where: str) -> None:
        data = b""
        with contextlib.suppress(ConnectionError):
            data = connection.recv(LONGEST)
        if data:
            self._note(where, data)
        else:
            self._selector.unregister(connection)
            connection.close()

    def _note(self, where: str, data: bytes) -> None:
        line = json.dumps([where, data.decode("utf-8", "backslashreplace")])
        os.write(self._log, f"{line}\n".encode())


class Caught:
    """What the catcher has noted, for whoever was lent its descriptor."""

    def __init__(self, log: int) -> None:
        os.set_inheritable(log, False)  # noqa: FBT003
        self._log = log
        self._read = 0
        self._rung = 0

    def take(self) -> list[list[str]]:
        """Return what has come since the last time, as lists of where and what."""
        self._rung += 1
        call = f"taken {self._rung}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
            # Twice: what was there before the first is noted before the second.
            for text in (call, f"{call} again"):
                bell.sendto(text.encode(), BELL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            data = os.pread(self._log, 1 << 24, self._read)
            lines = [json.loads(line) for line in data.splitlines() if line.endswith(b"]")]
            if any(text == f"{call} again" for _, text in lines):
                self._read += len(data)
                return [line for line in lines if not line[1].startswith(call)]
            time.sleep(0.001)
        raise TimeoutError("the catcher does not answer")


def _possible(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if path.startswith(PLACES)]


def _internet(port: int, kind: socket.SocketKind) -> socket.socket:
    family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET
    sock = socket.socket(family, kind)
    sock.setblocking(False)  # noqa: FBT003
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    sock.bind(("", port))
    return sock


def _local(path: str, kind: socket.SocketKind) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX, kind)
    sock.setblocking(False)  # noqa: FBT003
    sock.bind(path)
    if not path.startswith("\0"):
        Path(path).chmod(0o777)
    return sock
