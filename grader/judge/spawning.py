"""Student processes where fork does not exist or is not sound: an interpreter for each."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from typing import Any

from grader.judge.failures import Finding, SystemFaultError
from grader.judge.nursery import (
    MESSAGE_LIMIT,
    START_SECONDS,
    Equipment,
    Handle,
    Nursery,
    Room,
    spawn,
)


class SpawningNursery(Nursery):
    """Starts each student process afresh, where fork does not exist or is not sound."""

    def __init__(self, equipment: Equipment) -> None:
        self._equipment = equipment
        self._hello: Mapping[str, Any] | None = None

    @property
    def hello(self) -> Mapping[str, Any]:
        """What the first student process said of itself."""
        if self._hello is None:
            room = Room(memory_bytes=1 << 30, cpu_seconds=60)
            self.start(room).close()
        assert self._hello is not None  # noqa: S101 - start() has just set it
        return self._hello

    def start(self, room: Room) -> Handle:
        """Start an interpreter that becomes a fresh student process."""
        control, their_control = socket.socketpair()
        channel, their_channel = socket.socketpair()
        output, their_output = socket.socketpair()
        scratch = tempfile.mkdtemp(prefix="grader-")
        with control, their_control, their_channel, their_output:
            process = spawn(
                self._equipment,
                "single",
                {
                    "control": their_control.fileno(),
                    "channel": their_channel.fileno(),
                    "output": their_output.fileno(),
                },
                scratch=scratch,
                **vars(room),
            )
            for sock in (their_control, their_channel, their_output):
                sock.close()
            control.settimeout(START_SECONDS)
            with control.makefile("rb") as lines:
                try:
                    line = lines.readline(MESSAGE_LIMIT)
                except OSError as error:
                    raise SystemFaultError(Finding("system.nursery"), str(error)) from error
        handle = _Spawned(process, channel, output, scratch)
        if not line:
            handle.close()
            raise SystemFaultError(Finding("system.nursery"), "the student process ended")
        self._hello = json.loads(line)
        return handle

    def close(self) -> None:
        """Nothing is warm, nothing is left."""


class _Spawned(Handle):
    def __init__(
        self,
        process: subprocess.Popen[bytes],
        channel: socket.socket,
        output: socket.socket,
        scratch: str,
    ) -> None:
        super().__init__(process.pid, channel, output, scratch)
        self._process = process

    def kill(self) -> None:
        """End the process."""
        self._process.kill()

    def wait(self) -> int:
        """Return the exit code of the ended process."""
        return self._process.wait()

    def close(self) -> None:
        """End the process and leave nothing of it behind."""
        self.kill()
        self.wait()
        super().close()
