"""Student processes where fork does not exist or is not sound: an interpreter for each."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from typing import Any

from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.clock import pid_of_pidfd
from grader.judge.processes.interpreter import (
    MESSAGE_LIMIT,
    START_SECONDS,
    offering,
    scratch_folder,
    spawn,
)
from grader.judge.processes.scratch import clear
from grader.judge.processes.student_processes import (
    ProcessFactory,
    ProcessLimits,
    SandboxOptions,
    StudentProcessHandle,
)


class SpawningFactory(ProcessFactory):
    """Starts an interpreter for each student process, where fork does not exist or is not sound."""

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self._offering = offering(options)
        self._hello: Mapping[str, Any] | None = None
        self._unfit: Mapping[str, str] = {}

    @property
    def hello(self) -> Mapping[str, Any]:
        """The `hello` message of the first student process."""
        if self._hello is None:
            limits = ProcessLimits(memory_bytes=1 << 30, cpu_seconds=60)
            self.start(limits).close()
        assert self._hello is not None  # noqa: S101 - start() has just set it
        return self._hello

    def start(self, limits: ProcessLimits) -> StudentProcessHandle:
        """Start an interpreter that becomes a fresh student process."""
        if self._hello is None:
            self._offering.close_foreign()
        control, their_control = socket.socketpair()
        channel, their_channel = socket.socketpair()
        output, their_output = socket.socketpair()
        scratch = scratch_folder()
        with (
            contextlib.ExitStack() as unless_started,
            control,
            their_control,
            their_channel,
            their_output,
        ):
            unless_started.callback(clear, scratch)
            unless_started.enter_context(channel)
            unless_started.enter_context(output)
            process = spawn(
                self._options,
                self._offering,
                "single",
                {
                    "control": their_control.fileno(),
                    "channel": their_channel.fileno(),
                    "output": their_output.fileno(),
                },
                folder=scratch,
                unfit=self._unfit,
                **vars(limits),
            )
            unless_started.pop_all()
            for sock in (their_control, their_channel, their_output):
                sock.close()
            control.settimeout(START_SECONDS)
            message, pidfd, problem = b"", -1, "the student process ended"
            try:
                message, pidfd = _read(control)
            except OSError as error:
                problem = str(error)
        handle = _Spawned(process, pidfd, channel, output, scratch)
        if not message:
            handle.close()
            raise SystemFaultError(Finding("system.nursery"), problem)
        said = json.loads(message)
        if "unfit" in said:  # it could not warm up in these namespaces
            handle.close()
            self._unfit = said["unfit"]
            return self.start(limits)
        self._hello = said
        return handle

    def settle(self) -> None:
        """Do nothing: each process is waited for when it is closed."""

    def close(self) -> None:
        """Do nothing: no process is kept warm."""


def _read(control: socket.socket) -> tuple[bytes, int]:
    """Return the `hello` message of a student process, and its pidfd if the platform has them."""
    if not hasattr(os, "pidfd_open"):
        return control.recv(MESSAGE_LIMIT), -1
    message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_LIMIT, 1)
    return message, descriptors[0] if descriptors else -1


class _Spawned(StudentProcessHandle):
    """The started process may have the student process as its child, in a namespace."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        pidfd: int,
        channel: socket.socket,
        output: socket.socket,
        scratch: str,
    ) -> None:
        super().__init__(
            process.pid if pidfd < 0 else pid_of_pidfd(pidfd), channel, output, scratch
        )
        self._process = process
        self._pidfd = pidfd

    def kill(self) -> None:
        """End the process; the one that was started exits with the same status."""
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        else:
            self._process.kill()

    def wait(self) -> int:
        """Return the exit code of the ended process."""
        return self._process.wait()

    def close(self) -> None:
        """End the process; close its descriptors and delete its folder."""
        self.kill()
        self.wait()
        super().close()
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1
