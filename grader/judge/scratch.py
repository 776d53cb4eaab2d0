"""Scratch folders of student processes: cleared away whatever was made in them."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from pathlib import Path


def clear(folder: str) -> None:
    """Remove a folder of an ended process, however deep; what cannot be removed stays.

    ``shutil.rmtree`` goes down by recursion and keeps a descriptor for each level, so that a
    folder in a folder a thousand times over makes it fail. Here every folder is moved up before
    its content is looked at: paths stay short.
    """
    top = Path(folder)
    with contextlib.suppress(OSError):
        if top.is_symlink():  # put in its place: what it leads to is not ours
            top.unlink()
            return
        beside = Path(tempfile.mkdtemp(prefix=".clearing-", dir=top.parent))
        names = map(str, itertools.count())
        waiting = [top]
        while waiting:
            place = waiting.pop()
            with contextlib.suppress(OSError):
                waiting += _emptied(place, beside, names)
                place.rmdir()
        beside.rmdir()


def _emptied(folder: Path, beside: Path, names: map[str]) -> list[Path]:
    """Remove the files of a folder, move its folders into ``beside``; return where they are."""
    moved = []
    with os.scandir(folder) as entries:
        for entry in list(entries):
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    target = beside / next(names)
                    Path(entry.path).rename(target)
                    moved.append(target)
                else:
                    Path(entry.path).unlink()
    return moved
