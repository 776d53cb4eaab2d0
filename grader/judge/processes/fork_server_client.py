"""The client of the fork server: starts it, requests processes, ends them.

Theory of operation. The server (`grader.student.fork_server`) is started before the judge imports
anything slow, so that both warm up at the same time. Its `hello` message is read as late as
possible. While it warms up, the judge searches the granted folders for foreign files; if it finds
some, or if the server cannot warm up inside its namespaces, the server is started again without
them.

Requests go over a SOCK_SEQPACKET socket, one at a time: the answer to one is read before the next
is sent. With `SandboxOptions.ahead` a process is ordered before it is needed, and is used if it was
ordered under the same limits.

For each process the judge keeps a channel, an output socket and a pidfd. It kills through the pidfd
and never by process ID. The server is the parent, so it alone can reap: the exit code is asked of
it. The server ends when the judge's end of the control socket closes, however the judge ends.

What the server says is believed, since no submission runs in it. Whatever fails here is a fault of
the machine (SystemFaultError), never of a submission.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from grader.judge.processes.student_processes import ProcessFactory, StudentProcessHandle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.judge.processes.student_processes import ProcessLimits, SandboxOptions


@dataclass(frozen=True)
class _Order:
    """A process that the fork server is forking, with the judge's ends of its sockets."""

    limits: ProcessLimits
    channel: socket.socket
    output: socket.socket
    scratch: str | None

    @contextlib.contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Close the sockets and delete the folder if the process does not start."""
        try:
            yield
        except BaseException:
            self.channel.close()
            self.output.close()
            if self.scratch is not None:
                clear(self.scratch)
            raise


class ForkServerClient(ProcessFactory):
    """A factory that forks processes from a warm one."""

    def __init__(self, options: SandboxOptions) -> None:
        self._folder = scratch_folder()
        self._options = options
        self._offering = offering(options)
        try:
            self._launch({})
        except SystemFaultError:
            clear(self._folder)
            raise
        self._hello: Mapping[str, Any] | None = None
        self._ahead = options.ahead
        self._ordered: _Order | None = None
        self._spare: tuple[ProcessLimits, StudentProcessHandle] | None = None
        self._dying: list[int] = []  # killed children that the server has not reaped yet

    def _launch(self, unfit: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        with theirs:
            descriptors = {"control": theirs.fileno()}
            self._process = spawn(
                self._options,
                self._offering,
                "fork_server",
                descriptors,
                folder=self._folder,
                unfit=unfit,
            )

    @property
    def hello(self) -> Mapping[str, Any]:
        """The `hello` message of the warm fork server."""
        if self._hello is None:
            if self._offering.close_foreign():  # searched while the server warms up
                self._end()
                self._launch({})
            said, _ = self._answer()
            if "unfit" in said:  # the server could not warm up in these namespaces
                self._end()
                self._launch(said["unfit"])
                said, _ = self._answer()
            self._hello = said
            self._take_back()
        return self._hello

    def _take_back(self) -> None:
        """Give the folder of all scratch folders back to the judge.

        The uid of the student processes keeps the permission to traverse it, but can neither list
        it nor change its mode and times, which the next process would see.
        """
        if self.hello["user"] is not None and self.hello["scratch"] is None:
            os.chown(self._folder, os.geteuid(), os.getegid())
            Path(self._folder).chmod(0o711)

    def _answer(self) -> tuple[dict[str, Any], list[int]]:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_LIMIT, 1)
        except OSError as error:
            raise SystemFaultError(Finding("system.nursery"), str(error)) from error
        if not message:
            raise SystemFaultError(Finding("system.nursery"), "the fork server ended")
        return json.loads(message), descriptors

    def _send(self, request: Mapping[str, Any], descriptors: Iterable[int] = ()) -> None:
        """Send a request, after reading the answer to the previous one."""
        assert self.hello is not None  # noqa: S101 - the first message is the greeting
        self._collect()
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], list(descriptors))
        except OSError as error:
            raise SystemFaultError(Finding("system.nursery"), str(error)) from error

    def start(self, limits: ProcessLimits) -> StudentProcessHandle:
        """Return a fresh student process: the one ordered ahead if its limits fit.

        Processes that are still ending count for the limits of their user, so none may be left.
        """
        self.settle()
        self._collect()
        if self._spare is None or self._spare[0] != limits:
            self._drop_spare()
            self._order(limits)
            self._collect()
        assert self._spare is not None  # noqa: S101 - just collected
        _, handle = self._spare
        self._spare = None
        if self._ahead:
            with contextlib.suppress(SystemFaultError):  # the next start tries again
                self._order(limits)
        return handle

    def _order(self, limits: ProcessLimits) -> None:
        """Order a process from the fork server; its answer is read later."""
        scratch = None
        if self.hello["scratch"] is None:  # the processes have no scratch folders of their own
            scratch = self._scratch(self.hello["user"])
        channel, their_channel = socket.socketpair()
        output, their_output = socket.socketpair()
        order = _Order(limits, channel, output, scratch)
        request = {"op": "fork", "scratch": scratch, **vars(limits)}
        with order.undone_on_failure(), their_channel, their_output:
            self._send(request, (their_channel.fileno(), their_output.fileno()))
        self._ordered = order

    def _scratch(self, user: int | None) -> str:
        """Make a scratch folder owned by ``user``; None: by the judge's user."""
        # An unguessable name: no process may observe changes that another makes to its folder.
        path = Path(self._folder, secrets.token_hex(16))
        try:
            path.mkdir(mode=0o700)
            if user is not None:
                os.chown(path, user, user)
        except OSError as error:
            raise SystemFaultError(Finding("system.nursery"), str(error)) from error
        return str(path)

    def _collect(self) -> None:
        """Read the answer to the pending order, if there is one."""
        if self._ordered is None:
            return
        order, self._ordered = self._ordered, None
        with order.undone_on_failure():
            answer, descriptors = self._answer()
        handle = _Forked(answer["child"], descriptors[0], self, order)
        self._spare = (order.limits, handle)

    def _drop_spare(self) -> None:
        if self._spare is not None:
            _, handle = self._spare
            self._spare = None
            handle.close()

    def reap(self, child: int) -> int:
        """Return the exit code of an ended child, by its ID in the fork server's namespace."""
        self._send({"op": "wait", "child": child})
        answer, _ = self._answer()
        return int(answer["code"])

    def reap_later(self, child: int) -> None:
        """Have a killed child reaped by `settle`: the kernel takes a while to free its memory."""
        self._dying.append(child)

    def settle(self) -> None:
        """Wait until no killed process is left."""
        with contextlib.suppress(SystemFaultError):  # the server has ended, and its children
            while self._dying:
                self.reap(self._dying.pop())

    def close(self) -> None:
        """Close this end of the socket, on which the fork server ends."""
        with contextlib.suppress(SystemFaultError):
            self._collect()
            self._drop_spare()
        self._end()
        clear(self._folder)

    def _end(self) -> None:
        self._control.close()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Forked(StudentProcessHandle):
    def __init__(
        self,
        child: int,
        pidfd: int,
        server: ForkServerClient,
        order: _Order,
    ) -> None:
        super().__init__(pid_of_pidfd(pidfd), order.channel, order.output, order.scratch)
        self._child = child
        self._pidfd = pidfd
        self._server = server
        self._code: int | None = None

    def kill(self) -> None:
        """End the process."""
        # Through the pidfd, so that a process that reuses the ID is never killed (pidfd_open(2)).
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def wait(self) -> int:
        """Return the exit code of the ended process."""
        if self._code is None:
            self._code = self._server.reap(self._child)
        return self._code

    def close(self) -> None:
        """End the process; close its descriptors and delete its folder."""
        if self._pidfd < 0:
            return
        self.kill()
        if self.scratch is None and self._code is None:
            self._server.reap_later(self._child)
        else:  # a folder is cleared once nobody can write into it
            with contextlib.suppress(
                SystemFaultError
            ):  # the fork server has ended, and its children with it
                self.wait()
        super().close()
        os.close(self._pidfd)
        self._pidfd = -1
