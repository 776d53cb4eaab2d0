"""The judge's clocks."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

WAITING_FACTOR = 5
"""Wall time may be this many times the CPU limit: a backstop for sleeping, not a measure."""
FAR_OFF = 300.0
"""Wall seconds that a program of the author has at least: it is trusted not to sleep, and a
diagnosis must not depend on the scheduling of a busy machine."""
SLEEPING_SHARE = 0.45
"""Share of a second of sleeping that is charged to a submission's budget: one hang, tried twice,
fits in it."""
# Wall seconds without CPU time below which schedstat is not read: they are charged as sleep.
NOTICEABLE = 0.1


def cpu_seconds(pid: int) -> float | None:
    """Return the CPU seconds that a process has used, None if they cannot be read.

    Linux encodes the clock of another process in the clock id: MAKE_PROCESS_CPUCLOCK(pid,
    CPUCLOCK_SCHED) of include/linux/posix-timers.h.
    """
    if pid <= 0:  # PID 0 would mean the calling process
        return None
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except (OSError, AttributeError, OverflowError):
        return None


def pid_of_pidfd(process: int) -> int:
    """Return the process ID, in this process's PID namespace, behind a pidfd; 0 if it has ended.

    The process itself, or the one that forked it, may be in another PID namespace.
    """
    with contextlib.suppress(OSError, ValueError):
        said = Path(f"/proc/self/fdinfo/{process}").read_text(encoding="ascii")
        fields = dict(line.split(":\t", 1) for line in said.splitlines() if ":\t" in line)
        return max(0, int(fields.get("Pid", "0")))
    return 0


def runqueue_seconds(pid: int) -> float:
    """Return the seconds that a process was runnable without a processor; 0 if unknown.

    The second number of ``/proc/<pid>/schedstat``, in nanoseconds: see
    Documentation/scheduler/sched-stats.rst of Linux.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return 0.0


class Meter:
    """The cost of one student process, from now on.

    ``asking``: wall seconds spent waiting for its answers. ``answering``: CPU seconds of the judge,
    for functions that the process had evaluated.
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
        """Take the last reading: the clock of a reaped process cannot be read."""
        self.charge()
        self._stopped = True

    def cpu(self) -> float:
        """Return the CPU seconds that the process has used."""
        if not self._stopped:
            self._cpu = max(self._cpu, (cpu_seconds(self._pid) or 0.0) - self._start)
        return self._cpu

    def charge(self) -> float:
        """Return the seconds that are charged to the budget of a submission.

        CPU time, including the judge's where the process made it compute; a share of the time that
        it slept or waited; nothing for the time that it was runnable without a processor.
        """
        cpu = self.cpu()
        if not self._stopped and self.asking - cpu - self._starved > NOTICEABLE:
            starved = runqueue_seconds(self._pid) - self._starved_before
            self._starved = max(self._starved, starved)
        waited = max(0.0, self.asking - cpu - self._starved)
        return cpu + self.answering + SLEEPING_SHARE * waited


@dataclass
class Allowance:
    """The remaining allowance of one phase: CPU seconds, and wall seconds as a backstop."""

    cpu_limit: float
    cpu_start: float
    wall_deadline: float

    @classmethod
    def starting_now(cls, pid: int, limit: float, at_least: float = 0.0) -> Allowance:
        """Return an allowance of ``limit`` CPU seconds from here on.

        ``at_least``: its minimum of wall seconds.
        """
        wall = max(WAITING_FACTOR * limit, at_least)
        return cls(limit, cpu_seconds(pid) or 0.0, time.monotonic() + wall)

    def used(self, pid: int) -> float:
        """Return the CPU seconds used so far."""
        return max(0.0, (cpu_seconds(pid) or 0.0) - self.cpu_start)

    def charge(self, seconds: float) -> None:
        """Count CPU seconds of the judge, spent for the process, as the process's own."""
        self.cpu_start -= seconds

    def pause(self, seconds: float) -> None:
        """Extend the deadline by wall seconds that the judge itself took."""
        self.wall_deadline += seconds

    def next_poll(self, pid: int) -> float:
        """Return the seconds until the clock must be read again; at most 0 after the limit."""
        cpu_left = self.cpu_limit - self.used(pid)
        return min(cpu_left, self.wall_deadline - time.monotonic())

    def wall_expired(self) -> bool:
        """Return True if the wall time ran out rather than the CPU time."""
        return time.monotonic() >= self.wall_deadline
