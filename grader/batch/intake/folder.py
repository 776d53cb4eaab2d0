"""The files of a folder, however deep; links are listed and never followed."""

from __future__ import annotations

import os
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from grader.batch.errors import BatchError
from grader.batch.intake.source_files import (
    MEMBERS,
    SourceFile,
    SourceFiles,
    is_system,
    read_capped,
)
from grader.course.system_errors import reason
from grader.course.unreadable import UnreadableSubmissionError, displayable_name

if TYPE_CHECKING:
    from collections.abc import Iterator


def folder_entries(folder: Path) -> SourceFiles:
    """Return the files of a folder, sorted by path.

    Raises:
        BatchError: the folder itself cannot be listed, or contains too much.

    """
    entries = SourceFiles(folder.resolve().name)
    try:
        os.listdir(folder)  # noqa: PTH208 - asked for its error alone
    except OSError as error:
        why = reason(error)
        raise BatchError("batch.source_unreadable", file=str(folder), detail=why) from None
    for parts, found in _walk(folder, entries):
        if len(entries.files) + len(entries.refused) >= MEMBERS:
            raise BatchError("batch.too_many", file=str(folder), limit=MEMBERS)
        _take(parts, found, entries)
    entries.files.sort(key=lambda entry: entry.parts)
    entries.refused.sort(key=lambda refused: refused.file)
    return entries


def _walk(folder: Path, entries: SourceFiles) -> Iterator[tuple[tuple[str, ...], os.DirEntry[str]]]:
    """Yield the files in a folder and below it."""
    open_: list[tuple[str | Path, tuple[str, ...]]] = [(folder, ())]
    while open_:
        path, above = open_.pop()
        try:
            found = list(os.scandir(path))
        except OSError:
            entries.refuse("/".join((*above, "")), "batch.folder_unreadable")
            continue
        for one in found:
            parts = (*above, one.name)
            if one.is_dir(follow_symlinks=False) and not is_system(one.name):
                open_.append((one.path, parts))
            else:
                yield parts, one


def _take(parts: tuple[str, ...], found: os.DirEntry[str], entries: SourceFiles) -> None:
    path = "/".join(parts)
    if is_system(parts[-1]):
        entries.refuse(path, "batch.system_file")
    elif found.is_symlink():
        entries.refuse(path, "batch.link")
    elif not found.is_file(follow_symlinks=False):
        entries.refuse(path, "batch.special")
    else:
        raw = os.fsencode(path) if any("\ud800" <= sign <= "\udfff" for sign in path) else b""
        entries.files.append(SourceFile(parts, partial(_read, found.path), raw=raw))


def _read(name: str, at_most: int) -> bytes:
    """Read a file, which may have been replaced since it was listed."""
    path = Path(name)  # made here: of a large class, all the paths would take as much as the files
    opened = partial(_open, path)
    return read_capped(opened, path.name, path.lstat().st_size, at_most)


def _open(path: Path) -> BinaryIO:
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    file = open(os.open(path, flags), "rb")  # noqa: PTH123, SIM115 - a descriptor; the caller closes
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UnreadableSubmissionError("read.special", file=displayable_name(path.name))
    return file
