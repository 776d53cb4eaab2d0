"""What a submission left behind: processes, files, objects of the kernel."""

import contextlib
import os
import time
from collections.abc import Callable, Container
from pathlib import Path

from arena.mounts import PRIVATE, PUBLIC

State = tuple[int, ...]
"""What tells whether a file has changed."""

AREAS = (str(PRIVATE), *PUBLIC, "/dev/mqueue")
KERNEL_OBJECTS = ("shm", "sem", "msg")
GRACE_SECONDS = 2


class Watch:
    """The state of the arena at one moment, and what is different later.

    ``spared()`` returns the numbers of the processes and the folders that are the grader's own at
    the moment of asking.
    """

    def __init__(self, spared: Callable[[], tuple[set[int], set[str]]]) -> None:
        self._spared = spared
        _, folders = spared()
        self._running = processes()
        self._files = _files(folders)
        self._objects = _objects()

    def changed(self) -> list[str]:
        """Return the names of files and objects that were made, changed or removed."""
        _, folders = self._spared()
        now = _files(folders)
        names = {name for name, _ in self._files.items() ^ now.items()}
        # The grader's own folders come and go.
        own = tuple(f"{folder}/" for folder in folders)
        names = {name for name in names if not f"{name}/".startswith(own)} if own else names
        return sorted(names | (_objects() ^ self._objects))

    def running(self) -> list[str]:
        """Return the command lines of processes that do not end by themselves."""
        deadline = time.monotonic() + GRACE_SECONDS
        while True:
            spared, _ = self._spared()
            others = processes() - self._running - spared
            if not others or time.monotonic() > deadline:
                return sorted(map(_command_line, others))
            time.sleep(0.01)


def processes() -> set[int]:
    """Return the numbers of all processes."""
    return {int(name) for name in os.listdir("/proc") if name.isdecimal()}  # noqa: PTH208


def _command_line(number: int) -> str:
    with contextlib.suppress(OSError):
        line = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ")
        return f"{number} {line.decode(errors='replace')[:500]}"
    return str(number)


def _objects() -> set[str]:
    """Return what System V has of shared memory, semaphores and messages."""
    found: set[str] = set()
    for kind in KERNEL_OBJECTS:
        lines = Path("/proc/sysvipc", kind).read_text(encoding="ascii").splitlines()[1:]
        found |= {f"{kind} {' '.join(line.split()[:2])}" for line in lines}
    return found


def _files(spared: Container[str]) -> dict[str, State]:
    """Return the state of each file and folder in the areas, by its path."""
    found: dict[str, State] = {}
    for area in AREAS:
        for place, folders, files in os.walk(area):
            folders[:] = [name for name in folders if f"{place}/{name}" not in spared]
            for name in (*folders, *files):
                path = f"{place}/{name}"
                with contextlib.suppress(FileNotFoundError):
                    found[path] = _state(os.lstat(path), folder=name in folders)
    return found


def _state(status: os.stat_result, *, folder: bool) -> State:
    """Return what tells a change. The time of the last one cannot be set by anybody."""
    known = (status.st_ino, status.st_mode, status.st_uid)
    return known if folder else (*known, status.st_size, status.st_ctime_ns)
