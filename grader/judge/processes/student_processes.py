"""Student processes as the judge holds them: what makes them, their limits, a handle on each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.judge.processes.scratch import clear
from grader.wire.levels import HIGHEST, Level

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from grader.course.models import Device


@dataclass(frozen=True)
class SandboxOptions:
    """What student processes have, the highest isolation level to use, and on what they compute.

    ``closed`` are paths that no student process may open, whatever else is granted.
    """

    libraries: tuple[str, ...]
    closed: tuple[str, ...]
    max_level: Level = HIGHEST
    ahead: bool = False  # fork the next process before it is asked for
    device: Device = "cpu"
    optimisers: bool = False  # load what optimisers of torch need, before the first fork


@dataclass(frozen=True)
class ProcessLimits:
    """Limits of one student process."""

    memory_bytes: int
    cpu_seconds: int  # hard stop; the judge reads the clock itself long before


class StudentProcessHandle(ABC):
    """One student process as the judge holds it."""

    def __init__(
        self, pid: int, channel: socket.socket, output: socket.socket, scratch: str | None
    ) -> None:
        """``scratch``: the process's folder, to be cleared away; None: it goes with the process."""
        self.pid = pid
        self.channel = channel
        self.output = output
        self.scratch = scratch
        for sock in (channel, output):
            sock.setblocking(False)  # noqa: FBT003 - the name says it

    @abstractmethod
    def kill(self) -> None:
        """End the process; harmless when it has ended."""

    @abstractmethod
    def wait(self) -> int:
        """Return the exit code of the ended process (negative: the signal that killed it)."""

    def close(self) -> None:
        """End the process and leave nothing of it behind."""
        self.kill()
        self.channel.close()
        self.output.close()
        if self.scratch is not None:
            clear(self.scratch)


class ProcessFactory(ABC):
    """Where student processes come from."""

    @abstractmethod
    def start(self, limits: ProcessLimits) -> StudentProcessHandle:
        """Return a fresh student process. Raises SystemFaultError."""

    @property
    @abstractmethod
    def hello(self) -> Mapping[str, Any]:
        """What the student's side said of itself: isolation and versions."""

    @abstractmethod
    def close(self) -> None:
        """End every process, and what they come from."""
