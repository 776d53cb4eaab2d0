"""What the arena sees of the machine's files: all of it read-only, and a few empty places."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from arena import kernel

ROOT = Path(__file__).resolve().parents[2]
NEEDED = sorted({ROOT, Path(sys.prefix), Path(sys.base_prefix)})
"""Folders that must stay readable: this repository and the interpreter."""


def free(place: str) -> bool:
    """Tell whether a folder can be hidden: it is there, and nothing needed lies in it."""
    return Path(place).is_dir() and not any(Path(place) in path.parents for path in NEEDED)


PRIVATE = Path(next(filter(free, ("/mnt", "/media", "/srv", "/opt")), "/mnt"))
"""Where the arena keeps what belongs to it: the course, submissions, a home folder."""
PUBLIC = tuple(filter(free, ("/tmp", "/var/tmp", "/dev/shm", "/run")))  # noqa: S108
"""Where anyone may write."""
DEVICES = ("null", "zero", "full", "random", "urandom")
OTHERS_MAY_ENTER = 0o001


def shut_off(*, open_the_way: bool) -> None:
    """Make every mount read-only and put empty ones where something is to be written.

    With ``open_the_way`` what is needed stays readable also for a user who may not enter what it
    lies in (a home folder): all else in there is hidden.
    """
    ways = _ways() if open_the_way else {}
    devices = {name: os.open(f"/dev/{name}", os.O_PATH) for name in DEVICES}
    kernel.set_read_only("/", recursive=True)
    kernel.set_read_only("/proc", writable=True)  # else no other could be mounted inside
    for top, folders in ways.items():
        _lay_bare(top, folders)
    _make_devices(devices)
    _empty(PRIVATE, "size=256m,nr_inodes=20000,mode=755")
    for place in PUBLIC:
        _empty(place, "size=64m,nr_inodes=5000,mode=1777")


def _empty(place: str | Path, options: str) -> None:
    kernel.mount("tmpfs", place, kernel.MS_NOSUID | kernel.MS_NODEV, options)


def _ways() -> dict[Path, dict[Path, int]]:
    """Return the folders that others may not enter, each with the opened needed ones in it."""
    ways: dict[Path, dict[Path, int]] = {}
    for path in NEEDED:
        shut = [p for p in reversed(path.parents) if not p.stat().st_mode & OTHERS_MAY_ENTER]
        if shut:
            ways.setdefault(shut[0], {})[path] = os.open(path, os.O_PATH)
    return ways


def _lay_bare(top: Path, folders: Mapping[Path, int]) -> None:
    """Hide a folder but for some below it."""
    _empty(top, "size=1m,mode=755")
    for path, descriptor in folders.items():
        path.mkdir(parents=True, exist_ok=True)
        kernel.mount(None, path, kernel.MS_BIND, source=f"/proc/self/fd/{descriptor}")
        kernel.set_read_only(path)
    kernel.set_read_only(top)


def _make_devices(devices: Mapping[str, int]) -> None:
    """Replace /dev by one with the harmless devices only: no disk, no terminal."""
    folder = Path("/dev")
    kernel.mount("tmpfs", folder, kernel.MS_NOSUID | kernel.MS_NOEXEC, "size=64k,mode=755")
    for name, descriptor in devices.items():
        (folder / name).touch()
        kernel.mount(None, folder / name, kernel.MS_BIND, source=f"/proc/self/fd/{descriptor}")
    for name, target in {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1"}.items():
        (folder / name).symlink_to(target)
    for name in ("shm", "mqueue"):
        (folder / name).mkdir()
    kernel.set_read_only(folder)
