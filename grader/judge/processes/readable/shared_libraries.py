"""The system's shared libraries that the granted files need, as the dynamic linker finds them.

The system's folders contain a thousand of them, and much else: granted are only those that Python,
its extension modules and the libraries name in their ELF headers, recursively.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import struct
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SHARED_LIBRARY = re.compile(r"\.so(\.[\w.]+)?$|\.dylib$")
# glibc loads it by name when a thread ends, so it is in no header.
UNTOLD = ("libgcc_s.so.1",)
LIBRARY_FOLDERS = ("/lib64", "/usr/lib64", "/lib", "/usr/lib")
BESIDE = ("gconv", "locale")
_CONFIGURATION = Path("/etc/ld.so.conf.d")
_IDENTITY = b"\x7fELF\x02\x01"  # ELFCLASS64, ELFDATA2LSB of elf(5); no other is supported
# PT_LOAD, PT_DYNAMIC; DT_NEEDED, DT_STRTAB, DT_RPATH, DT_RUNPATH of elf(5).
_LOADED, _DYNAMIC = 1, 2
_NEEDED, _STRINGS, _RPATH, _RUNPATH = 1, 5, 15, 29
# Bytes of a name that are read.
_LONGEST = 4096
# Needs a display, and half of the system's libraries.
_USELESS = ("_tkinter",)


class Header(NamedTuple):
    """The names that an ELF file gives to the dynamic linker."""

    needed: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # searched first


def needed_by(files: Iterable[str]) -> set[str]:
    """Return the shared libraries that these files need, recursively, by the linker's paths."""
    waiting = list(files)
    known: set[str] = set()
    found: set[str] = set()
    header = Header(needed=UNTOLD)
    while True:
        for name in set(header.needed) - known:
            place = _find(name, header.folders)
            if place is not None:
                known.add(name)
                found.add(place)
                waiting.append(place)
        if not waiting:
            return found
        file = waiting.pop()
        header = read_header(file)


def read_header(file: str) -> Header:
    """Return the header of an ELF file; an empty one for other or unreadable files."""
    with contextlib.suppress(OSError, struct.error, UnicodeDecodeError):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            return _header(descriptor, file)
        finally:
            os.close(descriptor)
    return Header()


def data_folders() -> Iterator[str]:
    """Yield the folders of the C library's encodings and locales."""
    places = (f"{folder}/{name}" for folder in system_folders() for name in BESIDE)
    yield from filter(os.path.isdir, places)


def extension_modules(stdlib: str) -> list[str]:
    """Return Python's own extension modules, in its standard library and beside it."""
    found = [sys.executable] if sys.executable else []
    with contextlib.suppress(OSError), os.scandir(f"{stdlib}/lib-dynload") as entries:
        found += [
            entry.path
            for entry in entries
            if SHARED_LIBRARY.search(entry.name) and not entry.name.startswith(_USELESS)
        ]
    return found


def _header(descriptor: int, file: str) -> Header:
    start = os.pread(descriptor, 64, 0)
    if not start.startswith(_IDENTITY):
        return Header()
    (offset,) = struct.unpack_from("<Q", start, 32)
    size, count = struct.unpack_from("<HH", start, 54)
    table = os.pread(descriptor, size * count, offset)
    # type, flags, offset in the file, address, physical address, size in the file
    rows = [struct.unpack_from("<IIQQQQ", table, size * number) for number in range(count)]
    loaded = [(address, begin, length) for kind, _, begin, address, _, length in rows
              if kind == _LOADED]  # fmt: skip
    dynamic = next((row for row in rows if row[0] == _DYNAMIC), None)
    if dynamic is None:
        return Header()
    block = os.pread(descriptor, dynamic[5], dynamic[2])
    pairs = [(tag, value) for tag, value in struct.iter_unpack("<QQ", block)]
    address = dict(pairs)[_STRINGS]
    strings = next(
        begin + address - first for first, begin, length in loaded if 0 <= address - first < length
    )

    def text(value: int) -> str:
        return os.pread(descriptor, _LONGEST, strings + value).split(b"\0", 1)[0].decode()

    needed = tuple(text(value) for tag, value in pairs if tag == _NEEDED)
    paths = [text(value) for tag, value in pairs if tag in (_RPATH, _RUNPATH)]
    folders = [_placed(folder, file) for path in paths for folder in path.split(":") if folder]
    return Header(needed, tuple(folders))


def _placed(folder: str, file: str) -> str:
    if "$" in folder:
        here = os.path.dirname(os.path.realpath(file))  # noqa: PTH120 - hundreds of them
        folder = folder.replace("${ORIGIN}", here).replace("$ORIGIN", here)
    return os.path.normpath(folder)


def _find(name: str, folders: tuple[str, ...]) -> str | None:
    if "/" in name:
        return None
    places = (f"{folder}/{name}" for folder in (*folders, *system_folders()))
    return next(filter(os.path.exists, places), None)


@functools.cache
def system_folders() -> tuple[str, ...]:
    """Return the folders that the linker searches last."""
    told: list[str] = []
    with contextlib.suppress(OSError):
        for file in sorted(_CONFIGURATION.glob("*.conf")):
            rows = file.read_text(encoding="utf-8", errors="replace").splitlines()
            told += [row.strip() for row in rows if row.startswith("/")]
    kind = sysconfig.get_config_var("MULTIARCH")
    told += [f"{folder}/{kind}" for folder in LIBRARY_FOLDERS if kind]
    # The interpreter's own: its library is there if it was built with a shared one.
    told += [f"{sys.base_prefix}/lib"]
    return tuple(dict.fromkeys((*told, *LIBRARY_FOLDERS)))
