"""The judge's clocks."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass

WAITING_FACTOR = 5
"""Wall time may be this many times the CPU limit: a backstop for sleeping, not a measure."""


def cpu_seconds(pid: int) -> float | None:
    """Return the CPU seconds that a process has used, or None when it cannot be read.

    Linux encodes the clock of another process in the clock id: MAKE_PROCESS_CPUCLOCK(pid,
    CPUCLOCK_SCHED) of include/linux/posix-timers.h.
    """
    with contextlib.suppress(OSError, AttributeError, OverflowError):
        return time.clock_gettime((~pid << 3) | 2)
    return None


@dataclass
class Allowance:
    """What one phase may still use of a process: CPU seconds, and wall seconds as a backstop."""

    cpu_limit: float
    cpu_start: float
    wall_deadline: float

    @classmethod
    def starting_now(cls, pid: int, limit: float) -> Allowance:
        """Return an allowance of ``limit`` CPU seconds from here on."""
        return cls(limit, cpu_seconds(pid) or 0.0, time.monotonic() + WAITING_FACTOR * limit)

    def used(self, pid: int) -> float:
        """Return the CPU seconds used so far."""
        return max(0.0, (cpu_seconds(pid) or 0.0) - self.cpu_start)

    def pause(self, seconds: float) -> None:
        """Give back wall time that the judge itself took."""
        self.wall_deadline += seconds

    def patience(self, pid: int) -> float:
        """Return how long to wait before the clock is read again; 0 or less: no longer at all."""
        cpu_left = self.cpu_limit - self.used(pid)
        return min(cpu_left, self.wall_deadline - time.monotonic())

    def waited(self) -> bool:
        """Tell whether the backstop ran out rather than the CPU time."""
        return time.monotonic() >= self.wall_deadline
