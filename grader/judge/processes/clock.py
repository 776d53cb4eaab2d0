"""The judge's clocks."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

WAITING_FACTOR = 5
"""Wall time may be this many times the CPU limit: a backstop for sleeping, not a measure."""
FAR_OFF = 300.0
"""Wall seconds that a program of the author has at least: whoever sleeps there is not a student,
and on a busy machine a name must not depend on who was given a processor."""
SLEEPING_SHARE = 0.45
"""Of a submission's budget, a second of sleeping takes this: one hang, tried twice, fits in it."""
NOTICEABLE = 0.1


def cpu_seconds(pid: int) -> float | None:
    """Return the CPU seconds that a process has used, or None when it cannot be read.

    Linux encodes the clock of another process in the clock id: MAKE_PROCESS_CPUCLOCK(pid,
    CPUCLOCK_SCHED) of include/linux/posix-timers.h.
    """
    if pid <= 0:  # not a process, but the clock of whoever asks
        return None
    with contextlib.suppress(OSError, AttributeError, OverflowError):
        return time.clock_gettime((~pid << 3) | 2)
    return None


def pid_of_pidfd(process: int) -> int:
    """Return the number by which this process knows the one behind a descriptor of it (a pidfd).

    The process itself, or who forked it, may be in another PID namespace. 0: it has ended.
    """
    with contextlib.suppress(OSError, ValueError):
        said = Path(f"/proc/self/fdinfo/{process}").read_text(encoding="ascii")
        fields = dict(line.split(":\t", 1) for line in said.splitlines() if ":\t" in line)
        return max(0, int(fields.get("Pid", "0")))
    return 0


def runqueue_seconds(pid: int) -> float:
    """Return how long a process was ready to run and had no processor; 0 where that is unknown.

    The second number of ``/proc/<pid>/schedstat``, in nanoseconds: see
    Documentation/scheduler/sched-stats.rst of Linux.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return 0.0


class Meter:
    """What one student process costs, from now on.

    ``asking``: wall seconds in which an answer was waited for. ``answering``: CPU seconds of the
    judge, for functions that the process had evaluated.
    """

    def __init__(self, pid: int) -> None:
        self.asking = 0.0
        self.answering = 0.0
        self._pid = pid
        self._start = cpu_seconds(pid) or 0.0
        self._starved_before = runqueue_seconds(pid)
        self._cpu = self._starved = 0.0
        self._stopped = False

    def stop(self) -> None:
        """Take the last reading: a process that has been waited for cannot be read."""
        self.charge()
        self._stopped = True

    def cpu(self) -> float:
        """Return the CPU seconds that the process has used."""
        if not self._stopped:
            self._cpu = max(self._cpu, (cpu_seconds(self._pid) or 0.0) - self._start)
        return self._cpu

    def charge(self) -> float:
        """Return the seconds that count against the budget of a submission.

        CPU time, of the judge too where the process made it compute; a share of what it slept or
        waited; nothing of the time in which it was ready to run and had no processor.
        """
        cpu = self.cpu()
        if not self._stopped and self.asking - cpu - self._starved > NOTICEABLE:
            starved = runqueue_seconds(self._pid) - self._starved_before
            self._starved = max(self._starved, starved)
        waited = max(0.0, self.asking - cpu - self._starved)
        return cpu + self.answering + SLEEPING_SHARE * waited


@dataclass
class Allowance:
    """What one phase may still use of a process: CPU seconds, and wall seconds as a backstop."""

    cpu_limit: float
    cpu_start: float
    wall_deadline: float

    @classmethod
    def starting_now(cls, pid: int, limit: float, at_least: float = 0.0) -> Allowance:
        """Return an allowance of ``limit`` CPU seconds from here on.

        ``at_least``: so many wall seconds it has in any case.
        """
        wall = max(WAITING_FACTOR * limit, at_least)
        return cls(limit, cpu_seconds(pid) or 0.0, time.monotonic() + wall)

    def used(self, pid: int) -> float:
        """Return the CPU seconds used so far."""
        return max(0.0, (cpu_seconds(pid) or 0.0) - self.cpu_start)

    def charge(self, seconds: float) -> None:
        """Count CPU seconds that the judge spent on the process's behalf as its own."""
        self.cpu_start -= seconds

    def pause(self, seconds: float) -> None:
        """Give back wall time that the judge itself took."""
        self.wall_deadline += seconds

    def patience(self, pid: int) -> float:
        """Return how long to wait before the clock is read again; 0 or less: no longer at all."""
        cpu_left = self.cpu_limit - self.used(pid)
        return min(cpu_left, self.wall_deadline - time.monotonic())

    def wall_expired(self) -> bool:
        """Tell whether the backstop ran out rather than the CPU time."""
        return time.monotonic() >= self.wall_deadline
