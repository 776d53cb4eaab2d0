"""Access times: the time of a file's last read would tell a process what an earlier one has read.

On read-only mounts, as in a root of its own, they never change. Elsewhere Linux mounts with
``relatime`` by default, which updates a time only if it is a day old or older than the last change
(mount(8)). So all granted files are read once before any submission, where that changes the time.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import stat
import time
from collections.abc import Iterable, Iterator

# The age from which ``relatime`` updates an access time (mount(8)).
DAY_SECONDS = 24 * 3600


def renew(paths: Iterable[str]) -> None:
    """Read the files below these paths whose access time a read would update; never raises.

    If reading the first such file changes nothing (``noatime``, layers of an image), the rest of
    that path is left alone.
    """
    now = time.time()
    for path in paths:
        for old in _old(path, now):
            if not _read(old):
                break


def _old(path: str, now: float) -> Iterator[str]:
    """Yield the files below a path, or itself, whose access time is to be renewed.

    Finding them reads the folders and the symbolic links.
    """
    waiting = [path]
    while waiting:
        place = waiting.pop()
        with contextlib.suppress(OSError):
            status = os.lstat(place)
            if stat.S_ISREG(status.st_mode) and _is_old(status, now):
                yield place
            if stat.S_ISDIR(status.st_mode):
                waiting += [entry.path for entry in os.scandir(place)]
            if stat.S_ISLNK(status.st_mode):
                os.readlink(place)  # noqa: PTH115 - what it says does not matter


def _is_old(status: os.stat_result, now: float) -> bool:
    noted = status.st_atime_ns
    return noted <= max(status.st_mtime_ns, status.st_ctime_ns) or (
        now - status.st_atime >= DAY_SECONDS
    )


def _read(path: str) -> bool:
    """Read a file; return True if its access time has changed."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            before = os.fstat(descriptor)
            if before.st_size:  # mapping it counts as an access, and reads nothing from the disk
                mmap.mmap(descriptor, 1, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ).close()
            else:
                os.read(descriptor, 1)
            return os.fstat(descriptor).st_atime_ns != before.st_atime_ns
        finally:
            os.close(descriptor)
    return True
