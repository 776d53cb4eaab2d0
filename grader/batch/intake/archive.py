"""The files of a zip, read in place: nothing is unpacked to the disk, no path can escape.

Limits: a million members, and 4096 characters for a path. A single file is never read beyond the
limit of a submission, so that one bomb costs only its owner's row; the total that they unpack to is
bounded in ``quotas``.
"""

from __future__ import annotations

import errno
import re
import stat
import struct
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

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
from grader.judge.reading.submission import MEBIBYTE, size_limit

# Characters of a path: PATH_MAX of Linux is 4096 bytes. Of a longer one _SHOWN are reported.
_PATH, _SHOWN = 4096, 200
# Bits 0 and 11 of the general purpose flag (APPNOTE.TXT, 4.4.4); the Info-ZIP Unicode Path extra
# field (APPNOTE.TXT, 4.6.9).
_ENCRYPTED, _UTF8 = 0x1, 0x800
_FIELD, _UNICODE_PATH = struct.Struct("<HH"), 0x7075
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, ValueError, RuntimeError),
)


def archive_entries(path: Path) -> SourceFiles:
    """Return the files of a zip, in the order of their paths.

    Raises:
        BatchError: it is damaged or encrypted, or too large.

    """
    try:
        # It stays open: files are read one by one when the batch needs them.
        entries = zip_entries(path, path.stat().st_size, str(path))
    except OSError as error:
        why = reason(error)
        raise BatchError("batch.source_unreadable", file=str(path), detail=why) from None
    entries.stem = path.stem
    return entries


def zip_entries(source: Path | BinaryIO, size: int, file: str) -> SourceFiles:
    """Return the files of a zip of ``size`` bytes; ``file`` is its name in messages.

    Raises:
        BatchError: it is damaged or encrypted, or too large.

    """
    try:
        archive = zipfile.ZipFile(source)
    except (*_BROKEN, LookupError, OverflowError):
        raise BatchError("batch.archive_broken", file=file) from None
    infos = archive.infolist()
    _refuse(infos, size, file)
    entries = SourceFiles("")
    for info in infos:
        _take(archive, info, entries)
    entries.files.sort(key=lambda entry: entry.parts)
    entries.refused.sort(key=lambda refused: refused.file)
    return entries


def _refuse(infos: list[zipfile.ZipInfo], size: int, file: str) -> None:
    if len(infos) > MEMBERS:
        raise BatchError("batch.too_many", file=file, limit=MEMBERS)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise BatchError("batch.archive_encrypted", file=file)
    if sum(info.compress_size for info in infos) > size:
        # Entries that share their data (overlapping zip bombs), or an inconsistent central
        # directory.
        raise BatchError("batch.archive_broken", file=file)


def _take(archive: zipfile.ZipFile, info: zipfile.ZipInfo, entries: SourceFiles) -> None:
    name, raw = _name(info)
    mode = info.external_attr >> 16
    if len(name) > _PATH:
        entries.refuse(f"{name[:_SHOWN]}…", "batch.long_path")
        return
    if escapes(name):
        entries.refuse(name, "batch.unsafe_path")
        return
    parts = tuple(part for part in name.split("/") if part not in {"", "."})
    if stat.S_ISLNK(mode):
        entries.refuse(name, "batch.link")
    elif name.endswith("/") or stat.S_ISDIR(mode) or not parts:
        return
    elif stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        entries.refuse(name, "batch.special")
    elif any(map(is_system, parts)):
        entries.refuse(name, "batch.system_file")
    elif info.compress_type not in _METHODS:
        entries.refuse(name, "batch.compression")
    else:
        read = partial(_read, archive, info, parts[-1])
        entries.files.append(SourceFile(parts, read, weight=_weight(info, parts[-1]), raw=raw))


def _weight(info: zipfile.ZipInfo, name: str) -> int:
    """Return how many bytes are unpacked to read a file: none if it claims too many."""
    return info.file_size if info.file_size <= size_limit(name) * MEBIBYTE else 0


def _name(info: zipfile.ZipInfo) -> tuple[str, bytes]:
    """Return the path inside the zip, with ``/`` between its parts, and its bytes if not UTF-8.

    Names that are valid UTF-8 count as such even if they are not declared so.
    """
    name, raw = info.orig_filename, b""
    if not info.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
            stored = _unicode_path(info.extra, raw) or raw
            name, raw = stored.decode("utf-8"), b""
        except UnicodeError:
            name = info.orig_filename
    return name.replace("\\", "/"), raw.replace(b"\\", b"/")


def _unicode_path(extra: bytes, raw: bytes) -> bytes:
    """Return the UTF-8 path in the Info-ZIP Unicode Path field, if it belongs to this name."""
    while len(extra) >= _FIELD.size:
        tag, size = _FIELD.unpack_from(extra)
        told, extra = extra[4 : 4 + size], extra[4 + size :]
        if tag == _UNICODE_PATH and told[:1] == b"\1":
            (check,) = struct.unpack("<I", told[1:5].ljust(4, b"\0"))
            return told[5:] if check == zlib.crc32(raw) else b""
    return b""


def escapes(name: str) -> bool:
    """Return True if a path leads out of the archive."""
    absolute = name.startswith("/") or _DRIVE.match(name) is not None
    return absolute or "\0" in name or ".." in name.split("/")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, at_most: int) -> bytes:
    try:
        return read_capped(
            lambda: cast("BinaryIO", archive.open(info)), name, info.file_size, at_most
        )
    except _BROKEN:
        pass
    except OSError as error:
        if error.errno != errno.EINVAL:  # it claims to begin before the zip does
            raise
    raise UnreadableSubmissionError("read.failed", file=displayable_name(name), code="EBADMSG")
