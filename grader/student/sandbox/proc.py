"""Files of this process in /proc, readable also after a change of root."""

from __future__ import annotations

import os

_FOLDER = "/proc"
_kept: list[int] = []


def keep() -> None:
    """Hold /proc open, so that a change of root does not remove it.

    Raises:
        OSError: it cannot be opened.

    """
    if not _kept:
        _kept.append(os.open(_FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))


def release() -> None:
    """Close /proc."""
    while _kept:
        os.close(_kept.pop())


def opened(name: str, flags: int = os.O_RDONLY) -> int:
    """Open a file or folder of this process there; return the descriptor.

    Raises:
        OSError: it cannot be opened.

    """
    flags |= getattr(os, "O_CLOEXEC", 0)
    if _kept:
        return os.open(f"self/{name}", flags, dir_fd=_kept[0])
    return os.open(f"{_FOLDER}/self/{name}", flags)


def read(name: str) -> str:
    """Return the text of a file of this process.

    Raises:
        OSError: it cannot be read.

    """
    with os.fdopen(opened(name), encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(name: str, text: str) -> None:
    """Write to a file of this process in one system call.

    Raises:
        OSError: it cannot be written.

    """
    descriptor = opened(name, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode("ascii"))
    finally:
        os.close(descriptor)
