"""Limits that a process sets itself before it reads what may be hostile."""

from __future__ import annotations

import resource
import signal


def limit_memory(more: int) -> None:
    """Let the process grow by so many bytes and no more, where that can be counted (Linux)."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib takes long to load
            pages = int(file.read().split()[0])
    except OSError:
        return
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def limit_time(seconds: float) -> None:
    """End the process after so many seconds of computing from now; 0: never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process
