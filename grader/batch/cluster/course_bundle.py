"""What a batch needs of a course as one piece of bytes, named by a hash: sent to each worker once.

The hash is our own, over paths and contents, so that equal courses have equal names on all
machines. What is unpacked is written beside its place, checked, and only then renamed into it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from grader.course.phrases import Phrase, phrase
from grader.course.system_errors import reason
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

PARTS = ("answers", "exercises", "i18n")
MAX_FILES = 100_000
MAX_BYTES = 1 << 30
_HASH = re.compile(r"[0-9a-f]{64}")
_COMPILED = "__pycache__"


class BundleError(GraderError):
    """A course that cannot be packed, or bytes that are not the course that they should be."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class CourseBundle:
    """Files of a course, packed; ``hash`` is in hexadecimal digits."""

    hash: str
    data: bytes


def pack(course: Path, leave_out: Collection[str] = ()) -> CourseBundle:
    """Return the bundle of the course in a folder: equal files give equal bytes.

    ``leave_out`` names exercises of which exercise.yaml alone is sent, since a course has a folder
    for each: answers go no further than they must.

    Raises:
        BundleError: a file cannot be read, or there is far too much.

    """
    try:
        files = _files(course, leave_out)
    except OSError as error:
        raise BundleError(reason(error)) from error
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return CourseBundle(_hash(files.items()), packed.getvalue())


def unpack(bundle: CourseBundle, place: Path) -> Path:
    """Unpack a bundle into a folder of its name in ``place``, unless it is there; return its path.

    Raises:
        BundleError: it is not what its hash says, or leads out of its folder.
        OSError: it cannot be written.

    """
    if (found := unpacked(bundle.hash, place)) is not None:
        return found
    files = dict(_members(bundle.data))
    if _hash(sorted(files.items())) != bundle.hash:
        raise BundleError(phrase("what has arrived is not what was sent"))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=place, prefix=".unpacking-"))
    try:
        for folder in {PurePosixPath(name).parent for name in files}:
            (beside / folder).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (beside / name).write_bytes(data)
        target = place / bundle.hash
        shutil.rmtree(target, ignore_errors=True)  # damaged, or it would have been found
        try:
            beside.rename(target)
        except OSError:
            if unpacked(bundle.hash, place) is None:  # else another one was faster
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return target


def unpacked(hash_: str, place: Path) -> Path | None:
    """Return the folder of a course that was unpacked before, if its files are still the same.

    Raises:
        BundleError: it is no hash.

    """
    if not _HASH.fullmatch(hash_):
        raise BundleError(phrase("what has arrived is not what was sent"))
    folder = place / hash_
    try:
        same = folder.is_dir() and _hash(_files(folder).items()) == hash_
    except (OSError, BundleError):
        return None
    return folder if same else None


def _files(course: Path, leave_out: Collection[str] = ()) -> dict[str, bytes]:
    """Read the files of a course, by their paths relative to it, sorted by these."""
    found: dict[str, bytes] = {}
    size = 0
    for part in PARTS:
        for folder, folders, names in os.walk(course / part, followlinks=True):
            folders[:] = [name for name in folders if name != _COMPILED]
            for name in names:
                file = Path(folder, name)
                if _is_left_out(file.relative_to(course / part), leave_out):
                    continue
                if not stat.S_ISREG(file.stat().st_mode):
                    continue
                data = file.read_bytes()
                found[file.relative_to(course).as_posix()] = data
                size += len(data)
                _refuse_too_much(len(found), size)
    return dict(sorted(found.items()))


def _is_left_out(file: Path, leave_out: Collection[str]) -> bool:
    """Whether a file, relative to its part of a course, is of an exercise that is not sent."""
    if file.parts[0] in leave_out:
        return file.name != "exercise.yaml"
    return file.name.split(".")[0] in leave_out  # texts, in folders of languages


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive; nothing is written.

    Raises:
        BundleError: one leads out of its folder, or there is far too much.

    """
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for number, member in enumerate(archive.infolist(), 1):
                size += member.file_size
                _refuse_too_much(number, size)
                if not _is_plain(member.filename):
                    raise BundleError(phrase("a path in it leads out of its folder"))
                yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise BundleError(phrase("what has arrived is not what was sent")) from error


def _is_plain(name: str) -> bool:
    """Whether a path stays below one of the folders of a course."""
    path = PurePosixPath(name)
    return (
        path.parts[:1] != ()
        and path.parts[0] in PARTS
        and len(path.parts) > 1
        and ".." not in path.parts
        and str(path) == name
        and not {"\\", "\0", ":"}.intersection(name)
    )


def _refuse_too_much(files: int, size: int) -> None:
    if files > MAX_FILES or size > MAX_BYTES:
        raise BundleError(phrase("it has too many files, or too large ones"))


def _hash(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, data in files:
        digest.update(f"{len(name.encode())}:{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
