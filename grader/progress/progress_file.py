"""Reading and writing of the progress file.

Theory of operation. A writer opens the temporary file, locks it, reads the progress file, merges,
writes and renames, all under the lock. The lock vanishes with its process, so a killed one
holds up nobody, and its temporary file is taken over. A file that another has renamed meanwhile is
locked in vain: the inode tells, and it is opened anew.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import itertools
import os
import stat
import time
from typing import TYPE_CHECKING

from pydantic import BaseModel, StrictInt, ValidationError

from grader.course.phrases import Phrase, phrase
from grader.course.system_errors import reason
from grader.errors import GraderError
from grader.progress.merge import merged
from grader.progress.models import VERSION, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRESS = ".grader-progress.json"
PATIENCE = 10.0  # seconds for which a lock is waited for: each is held for milliseconds
_PAUSE = 0.01  # seconds between two attempts to lock


class NewerProgressError(GraderError):
    """The file was written by a newer version of the grader."""


class BrokenProgressError(GraderError):
    """The file cannot be understood."""


class _Versioned(BaseModel):
    version: StrictInt


def read(folder: Path) -> tuple[Progress, Phrase | None]:
    """Return the progress of a workspace, and what has to be said of its file, if anything."""
    name = str(folder / PROGRESS)
    try:
        return _parsed(folder), None
    except NewerProgressError:
        return Progress(), _newer(name)
    except BrokenProgressError:
        return Progress(), phrase(
            "{{file}} cannot be understood. When an answer is graded next, it is kept under "
            "another name, and progress begins anew.",
            file=name,
        )
    except OSError as error:
        why = reason(error)
        return Progress(), phrase("{{file}} cannot be read: {{reason}}.", file=name, reason=why)


def add(folder: Path, more: Progress) -> Phrase | None:
    """Add to the progress of a workspace; return the sentence about a problem, if there is one."""
    name = str(folder / PROGRESS)
    said = None
    try:
        with _locked(folder) as descriptor:
            try:
                before = _parsed(folder)
            except BrokenProgressError:
                said = _keep_aside(folder)
                before = Progress()
            after = merged(before, more)
            if after != before:
                _replace(folder, descriptor, after)
    except NewerProgressError:
        return _newer(name)
    except OSError as error:
        why = reason(error)
        return phrase(
            "Your progress is not recorded in {{file}}: {{reason}}.", file=name, reason=why
        )
    return said


def _newer(name: str) -> Phrase:
    return phrase(
        "{{file}} was written by a newer version of the grader: it is left as it is, and nothing "
        "is recorded in it.",
        file=name,
    )


def _parsed(folder: Path) -> Progress:
    """Return the content of the file; empty if there is none.

    Raises:
        NewerProgressError: a newer version has written it.
        BrokenProgressError: it is no progress file.
        OSError: it cannot be read.

    """
    try:
        data = _content(folder / PROGRESS)
        if _Versioned.model_validate_json(data).version > VERSION:
            raise NewerProgressError
        return Progress.model_validate_json(data)
    except FileNotFoundError:
        return Progress()
    except ValidationError:
        raise BrokenProgressError from None


def _content(path: Path) -> bytes:
    # Not blocking: a named pipe would be waited for.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise BrokenProgressError
        with open(os.dup(descriptor), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            return file.read()
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Hold the lock of the progress file: its temporary file, of which a descriptor is yielded."""
    path = folder / f"{PROGRESS}.tmp"
    given_up = time.monotonic() + PATIENCE
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
        try:
            _lock(descriptor, given_up)
            if not _is(path, descriptor):
                continue
            try:
                yield descriptor
            finally:
                if _is(path, descriptor):  # not renamed: nothing was written
                    path.unlink()
            return
        finally:
            os.close(descriptor)


def _lock(descriptor: int, given_up: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > given_up:
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY)) from None
        time.sleep(_PAUSE)


def _is(path: Path, descriptor: int) -> bool:
    """Return whether a descriptor is of the file that has this name now."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _replace(folder: Path, descriptor: int, progress: Progress) -> None:
    os.ftruncate(descriptor, 0)
    data = f"{progress.model_dump_json(indent=1)}\n".encode()
    with open(os.dup(descriptor), "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        file.write(data)
    (folder / f"{PROGRESS}.tmp").replace(folder / PROGRESS)


def _keep_aside(folder: Path) -> Phrase:
    """Rename a broken file; return the sentence about it."""
    names = (f"{PROGRESS}.broken{count}" for count in itertools.chain([""], itertools.count(2)))
    kept = next(path for path in map(folder.joinpath, names) if not os.path.lexists(path))
    (folder / PROGRESS).rename(kept)
    return phrase(
        "{{file}} could not be understood: it is kept as {{kept}}, and progress begins anew.",
        file=str(folder / PROGRESS),
        kept=kept.name,
    )
