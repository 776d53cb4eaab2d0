"""What Linux says of this process in /proc, also when the root of the process has changed."""

from __future__ import annotations

import os

_FOLDER = "/proc"
_kept: list[int] = []


def keep() -> None:
    """Hold /proc open, so that a change of root does not take it away. Raises OSError."""
    if not _kept:
        _kept.append(os.open(_FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))


def release() -> None:
    """Hold it no longer."""
    while _kept:
        os.close(_kept.pop())


def opened(name: str, flags: int = os.O_RDONLY) -> int:
    """Open a file or folder of this process there; return the descriptor. Raises OSError."""
    flags |= getattr(os, "O_CLOEXEC", 0)
    if _kept:
        return os.open(f"self/{name}", flags, dir_fd=_kept[0])
    return os.open(f"{_FOLDER}/self/{name}", flags)


def read(name: str) -> str:
    """Return what a file of this process says. Raises OSError."""
    with os.fdopen(opened(name), encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(name: str, text: str) -> None:
    """Write to a file of this process, in one piece. Raises OSError."""
    descriptor = opened(name, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode("ascii"))
    finally:
        os.close(descriptor)
