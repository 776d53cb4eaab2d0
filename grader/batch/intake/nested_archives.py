"""Archives inside an upload, and names with an added suffix: ``ex11.zip``, ``ex11.py.txt``.

An archive may have 16 MiB and 1,000 files, and unpack to 64 MiB; an archive in it is read, one
nested deeper is not. At most five are read for each student. Nothing is unpacked to the disk.
"""

from __future__ import annotations

import gzip
import io
import lzma
import re
import tarfile
import zlib
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.intake.archive import escapes, zip_entries
from grader.batch.intake.source_files import SourceFile, SourceFiles, is_system
from grader.course.unreadable import UnreadableSubmissionError, displayable_name
from grader.judge.reading.submission import MEBIBYTE, refuse_large

if TYPE_CHECKING:
    from grader.batch.lms.ownership import OwnedFile

_ARCHIVE, _UNPACKED = 16, 64  # MiB
_FILES, _EACH, _DEPTH = 1_000, 5, 2
_ZIP = re.compile(r"(?P<stem>.+)\.zip", re.IGNORECASE | re.DOTALL)
_TAR = re.compile(r"(?P<stem>.+)\.(?:tar|tgz|tar\.gz)", re.IGNORECASE | re.DOTALL)
_CLOSED = re.compile(r".+\.(?:7z|rar|tar\.(?:bz2|xz|zst)|tbz2?|txz)", re.IGNORECASE | re.DOTALL)
_BEHIND = re.compile(
    r"(?P<name>.+\.(?:py|ipynb|ya?ml))(?:\.txt|(?<=ipynb)\.json)", re.IGNORECASE | re.DOTALL
)
_BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


def expand_archives(owned: list[OwnedFile], entries: SourceFiles) -> list[OwnedFile]:
    """Return the files, with archives replaced by their files; unread ones are listed."""
    opener = _Opener(entries)
    return [file for one in owned for file in opener.within(one, _DEPTH)]


class _Opener:
    """Reads archives, a few for each student."""

    def __init__(self, entries: SourceFiles) -> None:
        self._entries = entries
        self._looked: Counter[object] = Counter()

    def within(self, one: OwnedFile, depth: int) -> list[OwnedFile]:
        """Return the files in an archive, or the file itself."""
        name = one.given[-1]
        if one.owner is None or one.refused or one.aside:
            return [one]
        behind = _BEHIND.fullmatch(name)
        if behind is not None:
            return [replace(one, given=(*one.given[:-1], behind["name"]))]
        if _CLOSED.fullmatch(name):
            return [replace(one, aside="batch.inner_archive")]
        found = _ZIP.fullmatch(name) or _TAR.fullmatch(name)
        return [one] if found is None else self._opened(one, found["stem"], depth)

    def _opened(self, one: OwnedFile, stem: str, depth: int) -> list[OwnedFile]:
        self._looked[one.owner] += 1
        may = depth and self._looked[one.owner] <= _EACH
        inside = _entries(one.entry, one.given[-1]) if may else None
        if inside is None:
            return [replace(one, aside="batch.inner_archive")]
        for refused in inside.refused:
            self._entries.refuse(f"{one.entry.path}/{refused.file}", refused.reason)
        files: list[OwnedFile] = []
        for entry in inside.files:
            within = replace(entry, above=(*one.entry.above, *one.entry.parts))
            given = (*one.given[:-1], stem, *entry.parts)
            files += self.within(replace(one, entry=within, given=given), depth - 1)
        return files


def _entries(entry: SourceFile, name: str) -> SourceFiles | None:
    """Return the files in an archive; None: it cannot be read, or exceeds the limits."""
    tell = _zip if _ZIP.fullmatch(name) else _tar
    try:
        inside = tell(entry)
    except (BatchError, UnreadableSubmissionError, *_BROKEN):
        return None
    unpacked = sum(one.weight for one in inside.files)
    too_much = unpacked > _UNPACKED * MEBIBYTE or len(inside.files) > _FILES
    return None if too_much else inside


def _zip(entry: SourceFile) -> SourceFiles:
    data = entry.read_up_to(_ARCHIVE)
    inside = zip_entries(io.BytesIO(data), len(data), entry.path)
    inside.files = [
        replace(one, read_up_to=partial(_read_again, entry, one.parts)) for one in inside.files
    ]
    return inside


def _read_again(outer: SourceFile, parts: tuple[str, ...], at_most: int) -> bytes:
    """Read a file of an archive again, since archives are not kept in memory."""
    data = outer.read_up_to(_ARCHIVE)
    inside = zip_entries(io.BytesIO(data), len(data), outer.path)
    found = next((one for one in reversed(inside.files) if one.parts == parts), None)
    if found is None:
        raise UnreadableSubmissionError(
            "read.failed", file=displayable_name(parts[-1]), code="EBADMSG"
        )
    return found.read_up_to(at_most)


def _tar(entry: SourceFile) -> SourceFiles:
    inside = SourceFiles("")
    with _opened_tar(entry) as archive:
        for at, member in enumerate(archive):
            if at > _FILES:
                raise ValueError
            _take(member, entry, inside)
    inside.files.sort(key=lambda one: one.parts)
    return inside


def _take(member: tarfile.TarInfo, entry: SourceFile, inside: SourceFiles) -> None:
    parts = tuple(part for part in member.name.split("/") if part not in {"", "."})
    if member.isdir() or not parts:
        return
    if escapes(member.name):
        inside.refuse(member.name, "batch.unsafe_path")
    elif member.issym() or member.islnk():
        inside.refuse(member.name, "batch.link")
    elif not member.isreg():
        inside.refuse(member.name, "batch.special")
    elif any(map(is_system, parts)):
        inside.refuse(member.name, "batch.system_file")
    else:
        read = partial(_read_member, entry, member.name)
        inside.files.append(SourceFile(parts, read, weight=member.size))


def _opened_tar(entry: SourceFile) -> tarfile.TarFile:
    """Open a tar.

    Raises:
        ValueError: it unpacks to too much.

    """
    data = entry.read_up_to(_ARCHIVE)
    if data.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            data = file.read(_UNPACKED * MEBIBYTE + 1)
    if len(data) > _UNPACKED * MEBIBYTE:
        raise ValueError
    return tarfile.open(fileobj=io.BytesIO(data), mode="r:")


def _read_member(entry: SourceFile, name: str, at_most: int) -> bytes:
    try:
        with _opened_tar(entry) as archive:
            file = archive.extractfile(name)
            data = b"" if file is None else file.read(at_most * MEBIBYTE + 1)
    except (KeyError, *_BROKEN):
        raise UnreadableSubmissionError(
            "read.failed", file=displayable_name(name), code="EBADMSG"
        ) from None
    refuse_large(len(data), displayable_name(name), at_most)
    return data
