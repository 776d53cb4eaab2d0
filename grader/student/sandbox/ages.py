"""Access times: when a file was last read tells the next process what an earlier one has read.

On read-only mounts, as in a root of its own, none is ever changed. Elsewhere Linux as it usually is
(``relatime``) notes a time only when the one that is there is a day old, or older than the last
change. So all that is granted is read once before any submission, as far as that has an effect.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import stat
import time
from collections.abc import Iterable, Iterator

DAY_SECONDS = 24 * 3600


def renew(paths: Iterable[str]) -> None:
    """Read what lies below these paths and would change its access time when read; never raises.

    Where reading the first such file changes nothing (``noatime``, layers of an image), the rest
    of that path is left alone.
    """
    now = time.time()
    for path in paths:
        for old in _old(path, now):
            if not _read(old):
                break


def _old(path: str, now: float) -> Iterator[str]:
    """Yield the files below a path, or itself, whose access time is to be renewed.

    Looking for them reads the folders, and the links that lead anywhere.
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
    """Read a file; tell whether its access time has changed."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            before = os.fstat(descriptor)
            if before.st_size:  # to map it counts as reading, and reads nothing from the disk
                mmap.mmap(descriptor, 1, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ).close()
            else:
                os.read(descriptor, 1)
            return os.fstat(descriptor).st_atime_ns != before.st_atime_ns
        finally:
            os.close(descriptor)
    return True
