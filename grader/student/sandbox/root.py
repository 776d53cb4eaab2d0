"""A root of its own: a file system that holds the granted paths, read-only, and nothing else.

It is a tmpfs on which the granted folders and files are mounted read-only at their own paths.
Closed paths in them are covered by an empty folder.
"""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from grader.student.sandbox import proc, system_file_copies
from grader.student.sandbox.syscalls import PreparedCall

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.student.sandbox.readable_paths import ReadablePaths

# Flags of mount(2) and umount2(2), from linux/mount.h.
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
# Under a name that no granted path has: they may begin with /tmp, /scratch or /student.
WORKPLACE = Path("/.grader")
SCRATCH = WORKPLACE / "scratch"
# Options of tmpfs(5). A full folder raises OSError in the submission; syscall_substitutes.py
# reports the same numbers.
SCRATCH_SIZE = "size=16m,nr_inodes=1000,mode=700"
# Where the new root is built. All sources have been opened before it is mounted.
_SITE = Path("/dev")
_COVERS = ".grader/covers"
_STEPS = 1000  # bounds the walk: links may form a cycle
_OPTIONS = {"nosuid": MS_NOSUID, "nodev": MS_NODEV, "noexec": MS_NOEXEC}


def change_root(readable: ReadablePaths) -> None:
    """Change the root of this process irrevocably.

    Needs a mount namespace of its own, the capability to mount in it, and ``proc`` kept open.

    Raises:
        OSError: the kernel refuses it.

    """
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    with ExitStack() as opened:
        sources = {}
        for path in (*readable.folders, *readable.files):
            sources[path] = os.open(path, os.O_PATH | os.O_CLOEXEC)
            opened.callback(os.close, sources[path])
        links = _links(readable.names)
        _mount("tmpfs", _SITE, "tmpfs", MS_NOSUID | MS_NODEV, "size=4m,mode=755")
        _fill(readable, sources, links)
    os.chdir(_SITE)
    # The old root is stacked above the new one, and unmounted (pivot_root(2)).
    PreparedCall("pivot_root", b".", b".")()
    PreparedCall("umount2", b".", MNT_DETACH)()
    os.chdir("/")
    for point, flags in list(_mounts()):
        device = MS_NODEV if Path(point).parent != Path("/dev") else 0
        _mount(None, point, None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | device | flags)


def mounting_scratch() -> PreparedCall:
    """Return the prepared call that mounts an empty tmpfs of limited size on ``SCRATCH``."""
    return _mounting("tmpfs", SCRATCH, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, SCRATCH_SIZE)


def _fill(readable: ReadablePaths, sources: dict[Path, int], links: dict[Path, str]) -> None:
    """Mount the granted paths below the site, parents before children."""
    _inside(SCRATCH).mkdir(parents=True)
    for number, path in enumerate(sorted({*sources, *readable.closed})):
        target = _inside(path)
        if path in sources:
            folder = path in readable.folders
            _make(target, folder=folder)
            _mount(f"/proc/self/fd/{sources[path]}", target, None, MS_BIND | MS_REC)
        elif target.exists():
            covering = _SITE / _COVERS / str(number)
            _make(covering, folder=target.is_dir())
            _mount(covering, target, None, MS_BIND)
    for name, target_name in links.items():
        place = _inside(name)
        if not os.path.lexists(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(target_name)
    system_file_copies.put(_SITE)


def _make(path: Path, *, folder: bool) -> None:
    if folder:
        path.mkdir(parents=True, exist_ok=True)
    elif not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def _inside(path: Path) -> Path:
    return _SITE / path.relative_to("/")


def _links(names: Iterable[Path]) -> dict[Path, str]:
    """Return the symbolic links on the paths to these names, with their targets."""
    found: dict[Path, str] = {}
    plain: set[Path] = set()  # known not to be links
    waiting = list(names)
    for _ in range(_STEPS):
        if not waiting:
            break
        name = waiting.pop()
        for path in (*reversed(name.parents), name):
            if path in found or (path not in plain and path.is_symlink()):
                said = found[path] = os.readlink(path)  # noqa: PTH115 - as it is written there
                beyond = path.parent / said / name.relative_to(path)
                waiting.append(Path(os.path.normpath(beyond)))
                break
            plain.add(path)
    return found


def _mounts() -> Iterator[tuple[str, int]]:
    """Yield the mount points of this process, with the options that a remount must keep."""
    for row in proc.read("mountinfo").splitlines():
        fields = row.split(" ")
        # Blanks and the like are escaped as \040 in a path (proc_pid_mountinfo(5)).
        point = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), fields[4])
        options = fields[5].split(",")
        yield point, sum(_OPTIONS.get(option, 0) for option in options)


def _mounting(
    source: str | Path | None,
    target: str | Path,
    kind: str | None,
    flags: int,
    options: str | None = None,
) -> PreparedCall:
    said = [None if word is None else os.fsencode(word) for word in (source, target, kind, options)]
    return PreparedCall("mount", said[0], said[1], said[2], flags, said[3])


def _mount(
    source: str | Path | None,
    target: str | Path,
    kind: str | None,
    flags: int,
    options: str | None = None,
) -> None:
    try:
        _mounting(source, target, kind, flags, options)()
    except OSError as problem:
        raise OSError(problem.errno, f"{problem.strerror} ({target})") from problem
