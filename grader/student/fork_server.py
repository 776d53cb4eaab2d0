"""The fork server: a warm process that has imported what submissions need, and forks.

Theory of operation. The judge starts one interpreter, which probes the machine, enters namespaces
where it can (so it may already be a child of the interpreter that was started), imports NumPy and
torch, and then only listens. Importing torch takes a second or more; a fork takes milliseconds.

Processes: this one, and a child for each request to fork. A child never comes back here: it enters
its sandbox and answers the judge until it is killed, or exits with SETUP_FAILED.

Descriptors: a SOCK_SEQPACKET control socket to the judge, one message a packet. A request to fork
carries two sockets, the child's channel and its output. The answer carries a pidfd, because the
judge may know the child by another process ID (pid_namespaces(7)), and because a pidfd never hits
a process that has taken over the number (pidfd_open(2)).

Who may lie: nobody here. The fork server has never seen a course, a check or a submission and runs
no code of one, so a child inherits nothing worth stealing, and what the server says is believed.
What a child says on its channel is believed by nobody: see `grader.judge.processes.conversation`.

It stays single-threaded: fork(2) copies the calling thread alone, and locks that others hold would
stay locked in the child.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import traceback
from typing import TYPE_CHECKING, Any, NoReturn

from grader.student.sandboxed_main import enter_and_serve

if TYPE_CHECKING:
    from grader.student.sandbox.levels import Sandbox

# Bytes of the largest packet in either direction; recvmsg(2) truncates a longer one. The judge's
# side reads with the same limit (judge/processes/interpreter.py).
MESSAGE_LIMIT = 65536
# Exit status of a child whose sandbox could not be set up; 70 is EX_SOFTWARE of sysexits.h.
SETUP_FAILED = 70


class ForkServer:
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
        """Answer requests until the judge closes its end."""
        try:
            self._serve()
        except OSError:  # the judge is gone: nobody reads an error
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
        # The process ID in another namespace differs: the pidfd identifies the child.
        socket.send_fds(self.control, [json.dumps({"child": child}).encode()], [handle])
        for descriptor in (handle, channel, output):
            os.close(descriptor)

    def _wait(self, child: int) -> None:
        _, status, usage = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        limit = self.cpu_seconds.pop(child)
        # The init process of a PID namespace ignores SIGXCPU, for which it has no handler
        # (pid_namespaces(7)); at the hard limit, a second later, the kernel sends SIGKILL
        # (getrlimit(2)).
        if code == -signal.SIGKILL and usage.ru_utime + usage.ru_stime >= limit:
            code = -signal.SIGXCPU
        self.control.send(json.dumps({"code": code}).encode())

    def _be_student(self, request: dict[str, Any], channel: int, output: int) -> NoReturn:
        try:
            enter_and_serve(
                self.sandbox,
                channel,
                output,
                scratch=self.sandbox.scratch or request["scratch"],
                memory_bytes=request["memory_bytes"],
                cpu_seconds=request["cpu_seconds"],
                device=self.device,
            )
        except BaseException:  # noqa: BLE001 - a student process never returns into the fork server
            # The submission has not run yet: this is the sandbox's own failure, for the operator.
            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
        os._exit(SETUP_FAILED)
