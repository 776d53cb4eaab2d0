"""The nursery: a warm process that has imported what submissions need, and forks.

It has never seen a course, a check or a submission, so a student process inherits nothing worth
stealing. It is single-threaded and runs no code of a submission itself.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

from grader.student.entering import become_student

if TYPE_CHECKING:
    from grader.student.sandbox.levels import Sandbox

MESSAGE_LIMIT = 65536
SETUP_FAILED = 70


class Nursery:
    """Serves the judge's requests on a packet socket: ``fork`` and ``wait``."""

    def __init__(
        self, control: socket.socket, sandbox: Sandbox, hello: dict[str, Any], device: str
    ) -> None:
        """``sandbox``: prepared. ``device``: on which the children compute."""
        self.device = device
        self.control = control
        self.hello = hello
        self.sandbox = sandbox
        self.cpu_seconds: dict[int, int] = {}  # the limits of the living children

    def serve(self) -> NoReturn:
        """Answer until the judge closes its end."""
        try:
            self._serve()
        except OSError:  # the judge is gone: nobody is left to tell
            os._exit(0)

    def _serve(self) -> NoReturn:
        self.control.send(json.dumps(self.hello).encode())
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, MESSAGE_LIMIT, 2)
            if not message:
                os._exit(0)
            request = json.loads(message)
            if request["op"] == "fork":
                self._fork(request, descriptors)
            else:
                self._wait(request["child"])

    def _fork(self, request: dict[str, Any], descriptors: list[int]) -> None:
        channel, output = descriptors
        child = self.sandbox.fork()
        if child == 0:
            self._be_student(request, channel, output)
        self.cpu_seconds[child] = request["cpu_seconds"]
        handle = os.pidfd_open(child)
        # The judge may know the process by another number: the descriptor tells.
        socket.send_fds(self.control, [json.dumps({"child": child}).encode()], [handle])
        for descriptor in (handle, channel, output):
            os.close(descriptor)

    def _wait(self, child: int) -> None:
        _, status, usage = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        limit = self.cpu_seconds.pop(child)
        # The first process of a PID namespace ignores SIGXCPU; the kernel kills it a second later.
        if code == -signal.SIGKILL and usage.ru_utime + usage.ru_stime >= limit:
            code = -signal.SIGXCPU
        self.control.send(json.dumps({"code": code}).encode())

    def _be_student(self, request: dict[str, Any], channel: int, output: int) -> NoReturn:
        try:
            become_student(
                self.sandbox,
                channel,
                output,
                scratch=self.sandbox.scratch or request["scratch"],
                memory_bytes=request["memory_bytes"],
                cpu_seconds=request["cpu_seconds"],
                device=self.device,
            )
        except BaseException:  # noqa: BLE001 - a student process never returns into the nursery
            # The submission has not run yet: this is the sandbox's own failure, for the operator.
            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
        os._exit(SETUP_FAILED)
