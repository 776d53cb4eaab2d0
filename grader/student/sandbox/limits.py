"""Limits on what a process may use; they fall on the student process alone."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from grader.student.sandbox.errors import SandboxError

if sys.platform != "win32":
    import resource

LAYER = "limits"
FILE_BYTES = 16 << 20
DESCRIPTORS = 64
USUAL_DESCRIPTORS = 1024


def address_space() -> int:
    """Return how many bytes of addresses this process has mapped; 0 where it cannot be told."""
    if sys.platform != "linux":
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def allow_descriptors(count: int) -> None:
    """Let this process open so many more files than usual, as far as it may."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + USUAL_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))


def apply(memory_bytes: int, cpu_seconds: int, mapped: int) -> None:
    """Set the limits.

    ``memory_bytes`` comes on top of ``mapped``, the addresses that the warm process already has
    (libraries reserve far more of them than they use). ``cpu_seconds`` is a backstop: the judge
    reads the clock and ends the process long before. Raises SandboxError.
    """
    if sys.platform == "win32":
        return
    wanted: dict[str, tuple[int, int]] = {
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_CPU": (cpu_seconds, cpu_seconds + 1),
        "RLIMIT_FSIZE": (FILE_BYTES, FILE_BYTES),
        "RLIMIT_NOFILE": (DESCRIPTORS, DESCRIPTORS),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
        "RLIMIT_NICE": (0, 0),
        "RLIMIT_RTPRIO": (0, 0),
    }
    # Without the measure of what is mapped (macOS) the limit would only break right answers.
    if mapped:
        wanted["RLIMIT_AS"] = (mapped + memory_bytes, mapped + memory_bytes)
    _set(wanted)


def _set(wanted: Mapping[str, tuple[int, int]]) -> None:
    for name, limits in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:  # not known to this system
            continue
        _, ceiling = resource.getrlimit(kind)
        if ceiling != resource.RLIM_INFINITY:
            limits = (min(limits[0], ceiling), min(limits[1], ceiling))  # noqa: PLW2901
        try:
            resource.setrlimit(kind, limits)
        except (OSError, ValueError) as problem:
            raise SandboxError(LAYER, f"{name}: {problem}") from problem
