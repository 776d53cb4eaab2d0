"""Replacements of functions whose system calls are refused, for honest code that needs them.

Usage of the machine is reported as constants: all memory is free, and the disk is as large as a
scratch folder. Refused changes of one's own files (mode, times) are reported as done.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

# The limits of a scratch folder (root.SCRATCH_SIZE), as statvfs(3) reports them.
SCRATCH_BYTES, SCRATCH_FILES = 16 << 20, 1000
_BLOCK_BYTES = 4096
_LONGEST_NAME = 255
_OF_MEMORY = ("SC_PHYS_PAGES", "SC_AVPHYS_PAGES")


def install(*, scratch: bool) -> None:
    """Replace the functions; call this while the real ones can still be called.

    ``scratch``: processes can have files of their own; modes and times of these are reported as set
    if the system refuses to set them.
    """
    _replace("sysconf", _still_sysconf(os.sysconf))
    _replace("statvfs", _room_of(os.stat))
    _replace("fstatvfs", _room_of(os.fstat))
    mmap.mmap = _PrivateMap  # type: ignore[misc]
    if scratch:
        for name in ("chmod", "fchmod", "utime"):
            _replace(name, _taken_as_done(getattr(os, name)))


def _replace(name: str, stand_in: Callable[..., Any]) -> None:
    real = getattr(os, name)
    stand_in.__name__ = stand_in.__qualname__ = name
    stand_in.__doc__ = real.__doc__
    setattr(os, name, stand_in)
    # shutil reads there which arguments a function supports.
    for known in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        if real in known:
            known.add(stand_in)


def _still_sysconf(real: Callable[[Any], int]) -> Callable[[Any], int]:
    pages = real("SC_PHYS_PAGES")
    known: dict[Any, int] = dict.fromkeys(_OF_MEMORY, pages)
    known |= {os.sysconf_names[name]: pages for name in _OF_MEMORY}

    def sysconf(name: Any, /) -> int:
        return known[name] if name in known else real(name)

    return sysconf


def _room_of(existing: Callable[[Any], os.stat_result]) -> Callable[[Any], os.statvfs_result]:
    blocks = SCRATCH_BYTES // _BLOCK_BYTES
    files = SCRATCH_FILES
    said = (_BLOCK_BYTES, _BLOCK_BYTES, *[blocks] * 3, *[files] * 3, os.ST_NOSUID, _LONGEST_NAME)

    def room(path: Any) -> os.statvfs_result:
        existing(path)  # raises the error of the real function
        return os.statvfs_result(said)

    return room


def _taken_as_done(real: Callable[..., None]) -> Callable[..., None]:
    def change(path: Any, *arguments: Any, **named: Any) -> None:
        try:
            real(path, *arguments, **named)
        except PermissionError:
            if not _is_own(path, named.get("dir_fd")):
                raise

    return change


def _is_own(path: Any, folder: int | None) -> bool:
    """Return True if the path is in the process's scratch folder."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        if isinstance(path, int):
            status = os.fstat(path)
            return stat.S_ISREG(status.st_mode) and status.st_dev == Path(_scratch()).stat().st_dev
        if folder is not None:
            return False
        place = os.path.realpath(os.fsdecode(path))
        return os.path.commonpath([place, _scratch()]) == _scratch() and os.path.lexists(place)
    return False


def _scratch() -> str:
    return os.path.realpath(os.environ["TMPDIR"])


class _PrivateMap(mmap.mmap):
    """Anonymous memory is made private: no other process exists that could share it."""

    def __new__(
        cls, fileno: int, length: int, flags: int = mmap.MAP_SHARED, *rest: Any, **named: Any
    ) -> Self:
        if fileno == -1 and named.get("access"):
            named["access"] = mmap.ACCESS_COPY
        elif fileno == -1:
            flags = flags & ~mmap.MAP_SHARED | mmap.MAP_PRIVATE
        return super().__new__(cls, fileno, length, flags, *rest, **named)
