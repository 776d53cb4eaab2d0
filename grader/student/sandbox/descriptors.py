"""Closing inherited descriptors: no later rule revokes the access of an open one."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from grader.student.sandbox import syscalls
from grader.student.sandbox.errors import SandboxError

if sys.platform != "win32":
    import resource

LAYER = "descriptors"
CLOSE_RANGE = 436  # close_range(2) has this number on every architecture
# The kernel's descriptors are ints: no higher number exists.
_HIGHEST = 0x7FFFFFFF


def keep_only(keep: Iterable[int]) -> None:
    """Close every descriptor but these.

    Raises:
        SandboxError: the kernel does not close them.

    """
    if sys.platform == "win32":  # Windows passes explicitly listed handles only
        return
    kept = sorted(set(keep))
    for below, above in pairwise([-1, *kept, _HIGHEST + 1]):
        if below + 1 < above:
            _close(below + 1, above - 1)


def _close(first: int, last: int) -> None:
    if sys.platform != "linux":
        _close_one_by_one(first, last)
        return
    try:
        syscalls.call("close_range", CLOSE_RANGE, first, last, 0)
    except OSError as problem:
        if problem.errno not in {errno.ENOSYS, errno.EPERM, errno.EINVAL}:
            raise SandboxError(LAYER, str(problem)) from problem
        _close_one_by_one(first, last)


def _close_one_by_one(first: int, last: int) -> None:
    """Close a range of descriptors without close_range(2): Linux before 5.9, macOS."""
    listing = next((p for p in (Path("/proc/self/fd"), Path("/dev/fd")) if p.is_dir()), None)
    if listing is None:
        os.closerange(first, min(last + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0]))
        return
    for entry in list(listing.iterdir()):
        if first <= int(entry.name) <= last:
            # The descriptor of the listing itself is closed already.
            with contextlib.suppress(OSError):
                os.close(int(entry.name))
