"""Scratch folders of student processes: their limits, and their deletion."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MEBIBYTES, FILES = 16, 1000
"""Limits of a scratch folder; a tmpfs in a namespace enforces them itself."""
_BLOCK = 512  # the unit of st_blocks, whatever the file system's block size (stat(2))


def is_overfull(folder: str) -> bool:
    """Return True if a folder, with everything below it, exceeds its limits.

    Deleted files that are still open or mapped are not counted. A path too long for a system call
    counts as an excess.
    """
    blocks = entries = 0
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    entries += 1
                    blocks += _blocks(entry)
                    if entries > FILES or blocks * _BLOCK > MEBIBYTES << 20:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError as problem:
            if problem.errno == errno.ENAMETOOLONG:
                return True
    return False


def _blocks(entry: os.DirEntry[str]) -> int:
    with contextlib.suppress(OSError):  # deleted meanwhile
        # Windows reports no blocks, only a size.
        status = entry.stat(follow_symlinks=False)
        return getattr(status, "st_blocks", -(-status.st_size // _BLOCK))
    return 0


def clear(folder: str) -> None:
    """Remove a folder of an ended process, however deep; skip what cannot be removed.

    ``shutil.rmtree`` recurses and keeps a descriptor open for each level, so that a thousand nested
    folders make it fail. Here every folder is moved up before its contents are listed: paths stay
    short. No file is created, for the disk may be full.
    """
    top = Path(folder)
    with contextlib.suppress(OSError):
        if top.is_symlink():  # a link in its place: its target is not ours
            top.unlink()
            return
        top.chmod(stat.S_IRWXU)
        unknown = secrets.token_hex()  # a name that the submission cannot have used
        places = (top / f"{unknown}-{number}" for number in itertools.count())
        waiting = _emptied(top, places)
        while waiting:
            place = waiting.pop()
            with contextlib.suppress(OSError):
                waiting += _emptied(place, places)
                place.rmdir()
        top.rmdir()


def _emptied(folder: Path, places: Iterator[Path]) -> list[Path]:
    """Remove the files of a folder, move its folders to ``places``; return their new paths."""
    moved = []
    with os.scandir(folder) as entries:
        for entry in list(entries):
            with contextlib.suppress(OSError):
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    path.chmod(stat.S_IRWXU)  # else it cannot be moved or emptied
                    moved.append(path.rename(next(places)))
                else:
                    path.unlink()
    return moved
