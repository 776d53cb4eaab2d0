"""Limits that a process sets for itself before it reads hostile input."""

from __future__ import annotations

import resource
import signal


def limit_memory(more: int) -> None:
    """Let the process map at most ``more`` further bytes, where that can be measured (Linux)."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib takes long to load
            pages = int(file.read().split()[0])
    except OSError:
        return
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def limit_time(seconds: float) -> None:
    """End the process after that many CPU seconds from now; 0: never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF ends the process by default
