"""The nursery: a warm process that has imported what submissions need, and forks.

It has never seen a course, a check or a submission, so a student process inherits nothing worth
stealing. It is single-threaded and runs no code of a submission itself.
"""

from __future__ import annotations

import json
import os
import socket
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

from grader.student.boot import enter
from grader.student.sandbox.levels import Sandbox

if TYPE_CHECKING:
    from grader.student.sandbox.probe import ProbeResult

MESSAGE_LIMIT = 65536
SETUP_FAILED = 70


class Nursery:
    """Serves the judge's requests on a packet socket: ``fork`` and ``wait``."""

    def __init__(
        self,
        control: socket.socket,
        found: ProbeResult,
        paths: list[str],
        hello: dict[str, Any],
    ) -> None:
        self.control = control
        self.hello = hello
        self.sandbox = Sandbox(found, paths)

    def serve(self) -> NoReturn:
        """Answer until the judge closes its end."""
        self.sandbox.prepare()
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
                _, status = os.waitpid(request["pid"], 0)
                code = os.waitstatus_to_exitcode(status)
                self.control.send(json.dumps({"code": code}).encode())

    def _fork(self, request: dict[str, Any], descriptors: list[int]) -> None:
        channel, output = descriptors
        pid = os.fork()
        if pid == 0:
            self._be_student(request, channel, output)
        handle = os.pidfd_open(pid)
        answer = json.dumps({"pid": pid}).encode()
        socket.send_fds(self.control, [answer], [handle])
        for descriptor in (handle, channel, output):
            os.close(descriptor)

    def _be_student(self, request: dict[str, Any], channel: int, output: int) -> NoReturn:
        try:
            enter(
                self.sandbox,
                channel,
                output,
                request["scratch"],
                request["memory_bytes"],
                request["cpu_seconds"],
            )
        except BaseException:  # noqa: BLE001 - a student process never returns into the nursery
            # The submission has not run yet: this is the sandbox's own failure, for the operator.
            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
        os._exit(SETUP_FAILED)
