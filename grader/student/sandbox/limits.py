"""Resource limits (getrlimit(2)) of the student process alone."""

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
# Bytes of the largest file, RLIMIT_FSIZE: as much as the scratch folder holds (root.SCRATCH_SIZE).
FILE_BYTES = 16 << 20
DESCRIPTORS = 64
# RLIMIT_SIGPENDING: queued signals and timers, those of the user's other processes included.
SIGNALS = 1024
DESCRIPTORS_WITH_CARD = 256  # CUDA opens a card's device nodes many times
HOST_BYTES_OF_CARD = 1 << 30  # bytes that CUDA itself maps for writing in the host's memory
PROCESSES = 64  # RLIMIT_NPROC: threads count, and those of the reference and of the next process
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
COUNTED_APART = (5, 14)  # since Linux 5.14 RLIMIT_NPROC counts per user namespace
# The soft limit of Linux by default: what the rest of the process may need beside the grants.
USUAL_DESCRIPTORS = 1024


def address_space() -> int:
    """Return how many bytes of addresses this process has mapped; 0 outside Linux."""
    if sys.platform != "linux":
        return 0
    pages = int(proc.read("statm").split()[0])
    return pages * resource.getpagesize()


def writable() -> int:
    """Return how many bytes this process has mapped for writing; 0 outside Linux."""
    if sys.platform != "linux":
        return 0
    pages = int(proc.read("statm").split()[5])
    return pages * resource.getpagesize()


def raise_nofile_limit(count: int) -> None:
    """Raise the soft limit of open files to ``count`` above the usual, if the hard one allows."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + USUAL_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))


def prefer_for_oom_kill() -> None:
    """Raise oom_score_adj, so that the kernel kills this process and its children first."""
    with contextlib.suppress(OSError):  # not Linux, or not writable here
        proc.write("oom_score_adj", "1000")


def has_per_userns_nproc() -> bool:
    """Return True if RLIMIT_NPROC counts the processes of a user namespace separately."""
    numbers = re.match(r"(\d+)\.(\d+)", platform.release())
    return numbers is not None and tuple(map(int, numbers.groups())) >= COUNTED_APART


class ResourceLimits:
    """The limits that are the same for all processes, ready to be set."""

    def __init__(self, *, processes: bool, card: bool = False) -> None:
        """``processes``: limit these too, because no unrelated process counts against them.

        ``card``: CUDA reserves addresses for the memory of all cards and of the host together, so
        no limit on addresses is usable. Writable memory is limited instead (RLIMIT_DATA).
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
        """Set the limits.

        ``memory_bytes`` is added to the addresses that the warm process had when this was made
        (libraries reserve far more of them than they use). ``cpu_seconds`` is a backstop: the judge
        measures the CPU time and ends the process long before.

        Raises:
            SandboxError: the kernel refuses a limit.

        """
        if sys.platform == "win32":
            return
        for name, limit in self._same:
            _set(name, limit, limit)
        _set("RLIMIT_CPU", cpu_seconds, cpu_seconds + 1)
        # Where the mapped memory cannot be measured (macOS), a limit would only fail right answers.
        if self._mapped and self._card:
            most = self._mapped + HOST_BYTES_OF_CARD + memory_bytes
            _set("RLIMIT_DATA", most, most)
        elif self._mapped:
            _set("RLIMIT_AS", self._mapped + memory_bytes, self._mapped + memory_bytes)


def _set(name: str, soft: int, hard: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:  # this system does not have it
        return
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError) as problem:
        raise SandboxError(LAYER, f"{name}: {problem}") from problem
