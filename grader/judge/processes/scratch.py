"""Scratch folders of student processes: what they may hold, and how they are cleared away."""

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
"""What a scratch folder may hold; one in memory, in a namespace, has these limits by itself."""
_BLOCK = 512  # the unit of st_blocks, whatever the file system's own


def is_overfull(folder: str) -> bool:
    """Tell whether a folder, with all that lies in it, holds more than it may.

    Not seen is what has been deleted and is still open or mapped. A path too long to be looked at
    counts as too much.
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
    with contextlib.suppress(OSError):  # gone by now
        # Windows does not count blocks, and has a size only.
        status = entry.stat(follow_symlinks=False)
        return getattr(status, "st_blocks", -(-status.st_size // _BLOCK))
    return 0


def clear(folder: str) -> None:
    """Remove a folder of an ended process, however deep; what cannot be removed stays.

    ``shutil.rmtree`` goes down by recursion and keeps a descriptor for each level, so that a
    folder in a folder a thousand times over makes it fail. Here every folder is moved up before
    its content is looked at: paths stay short. Nothing is made, for the disk may be full.
    """
    top = Path(folder)
    with contextlib.suppress(OSError):
        if top.is_symlink():  # put in its place: what it leads to is not ours
            top.unlink()
            return
        top.chmod(stat.S_IRWXU)
        unknown = secrets.token_hex()  # to whoever named the others
        places = (top / f"{unknown}-{number}" for number in itertools.count())
        waiting = _emptied(top, places)
        while waiting:
            place = waiting.pop()
            with contextlib.suppress(OSError):
                waiting += _emptied(place, places)
                place.rmdir()
        top.rmdir()


def _emptied(folder: Path, places: Iterator[Path]) -> list[Path]:
    """Remove the files of a folder, move its folders to ``places``; return where they are."""
    moved = []
    with os.scandir(folder) as entries:
        for entry in list(entries):
            with contextlib.suppress(OSError):
                path = Path(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    path.chmod(stat.S_IRWXU)  # a folder that is closed cannot be moved, or emptied
                    moved.append(path.rename(next(places)))
                else:
                    path.unlink()
    return moved
