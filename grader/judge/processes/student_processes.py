"""Student processes from the judge's side: factories, limits, handles."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judge.processes.scratch import clear
from grader.wire.levels import HIGHEST, Level

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from grader.course.devices import Device


@dataclass(frozen=True)
class SandboxOptions:
    """Resources of student processes: libraries, device, and the highest isolation level to use.

    ``closed`` are paths that no student process may open, whatever else is granted.
    """

    libraries: tuple[str, ...]
    closed: tuple[str, ...]
    max_level: Level = HIGHEST
    ahead: bool = False  # fork the next process before it is asked for
    device: Device = "cpu"
    optimisers: bool = False  # import what torch's optimisers need, before the first fork


@dataclass(frozen=True)
class ProcessLimits:
    """Limits of one student process."""

    memory_bytes: int
    cpu_seconds: int  # RLIMIT_CPU: a backstop of the judge's own clock


class StudentProcessHandle(ABC):
    """The judge's handle on one student process."""

    def __init__(
        self, pid: int, channel: socket.socket, output: socket.socket, scratch: str | None
    ) -> None:
        """``scratch``: the process's folder, to be deleted; None: the kernel removes it."""
        self.pid = pid
        self.channel = channel
        self.output = output
        self.scratch = scratch
        for sock in (channel, output):
            sock.setblocking(False)  # noqa: FBT003 - the name says it

    @abstractmethod
    def kill(self) -> None:
        """End the process; no error if it has ended."""

    @abstractmethod
    def wait(self) -> int:
        """Return the exit code of the ended process; if negative, of the signal that killed it."""

    def close(self) -> None:
        """End the process; close its descriptors and delete its folder."""
        self.kill()
        self.channel.close()
        self.output.close()
        if self.scratch is not None:
            clear(self.scratch)


class ProcessFactory(ABC):
    """The source of student processes."""

    @abstractmethod
    def start(self, limits: ProcessLimits) -> StudentProcessHandle:
        """Return a fresh student process.

        Raises:
            SystemFaultError: none can be started.

        """

    @abstractmethod
    def settle(self) -> None:
        """Wait until no killed process is left: they may end while the judge goes on."""

    @property
    @abstractmethod
    def hello(self) -> Mapping[str, Any]:
        """Return the isolation and the versions that the student's side reports."""

    @abstractmethod
    def close(self) -> None:
        """End every process, and the factory's own."""
