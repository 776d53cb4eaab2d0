"""Limits on what a process may use; they fall on the student process alone."""

from __future__ import annotations

import contextlib
import platform
import re
import sys

from grader.student.sandbox import proc
from grader.student.sandbox.errors import SandboxError

if sys.platform != "win32":
    import resource

LAYER = "limits"
FILE_BYTES = 16 << 20
DESCRIPTORS = 64
SIGNALS = 1024  # that wait to be taken, those of others of the same user among them; and timers
DESCRIPTORS_WITH_CARD = 256  # CUDA opens the nodes of a card many times
HOST_BYTES_OF_CARD = 1 << 30  # what CUDA itself keeps in the memory of the host
PROCESSES = 64  # threads count as well, and those of the reference and of the next process
_ALIKE = {
    "RLIMIT_CORE": 0,
    "RLIMIT_FSIZE": FILE_BYTES,
    "RLIMIT_NOFILE": DESCRIPTORS,
    "RLIMIT_MEMLOCK": 0,
    "RLIMIT_MSGQUEUE": 0,
    "RLIMIT_SIGPENDING": SIGNALS,
    "RLIMIT_NICE": 0,
    "RLIMIT_RTPRIO": 0,
}
COUNTED_APART = (5, 14)  # from here on Linux counts the processes of a user namespace by themselves
USUAL_DESCRIPTORS = 1024


def address_space() -> int:
    """Return how many bytes of addresses this process has mapped; 0 where it cannot be told."""
    if sys.platform != "linux":
        return 0
    pages = int(proc.read("statm").split()[0])
    return pages * resource.getpagesize()


def writable() -> int:
    """Return how many bytes this process has mapped to write into; 0 where it cannot be told."""
    if sys.platform != "linux":
        return 0
    pages = int(proc.read("statm").split()[5])
    return pages * resource.getpagesize()


def raise_nofile_limit(count: int) -> None:
    """Let this process open so many more files than usual, as far as it may."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + USUAL_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))


def prefer_for_oom_kill() -> None:
    """Have the kernel end this process and its children before any other if memory runs out."""
    with contextlib.suppress(OSError):  # not Linux, or not to be written here
        proc.write("oom_score_adj", "1000")


def has_per_userns_nproc() -> bool:
    """Tell whether the processes of a user namespace are counted by themselves."""
    numbers = re.match(r"(\d+)\.(\d+)", platform.release())
    return numbers is not None and tuple(map(int, numbers.groups())) >= COUNTED_APART


class ResourceLimits:
    """Limits on a process, as far as they are the same for all; ready to be set."""

    def __init__(self, *, processes: bool, card: bool = False) -> None:
        """``processes``: limit these too, where their user has no others.

        ``card``: CUDA reserves addresses for the memory of all cards and of the host together, so
        that no limit on addresses leaves it any. What is written to is limited instead.
        """
        self._card = card
        self._mapped = writable() if card else address_space()
        same = dict(_ALIKE)
        if processes:
            same["RLIMIT_NPROC"] = PROCESSES
        if card:
            same["RLIMIT_NOFILE"] = DESCRIPTORS_WITH_CARD
        self._same = list(same.items())

    def apply(self, memory_bytes: int, cpu_seconds: int) -> None:
        """Set the limits. Raises SandboxError.

        ``memory_bytes`` comes on top of the addresses that the warm process had when this was made
        (libraries reserve far more of them than they use). ``cpu_seconds`` is a backstop: the judge
        reads the clock and ends the process long before.
        """
        if sys.platform == "win32":
            return
        for name, limit in self._same:
            _set(name, limit, limit)
        _set("RLIMIT_CPU", cpu_seconds, cpu_seconds + 1)
        # Without the measure of what is mapped (macOS) the limit would only break right answers.
        if self._mapped and self._card:
            most = self._mapped + HOST_BYTES_OF_CARD + memory_bytes
            _set("RLIMIT_DATA", most, most)
        elif self._mapped:
            _set("RLIMIT_AS", self._mapped + memory_bytes, self._mapped + memory_bytes)


def _set(name: str, soft: int, hard: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:  # not known to this system
        return
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError) as problem:
        raise SandboxError(LAYER, f"{name}: {problem}") from problem
