"""Files that are written completely or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from grader.batch.errors import BatchError
from grader.course.system_errors import reason


def write_atomic(path: Path, data: bytes, *, sync: bool = False) -> None:
    """Write a file completely or not at all; with ``sync``, it survives a power failure too.

    Only its owner can read it: it contains grades. The name of the temporary file is derived from
    that of the file, so that the next run replaces one that a killed run has left.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        descriptor = os.open(temporary, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(descriptor)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_export(data: bytes, path: Path) -> None:
    """Write a file completely or not at all, with the user's default permissions.

    Raises:
        BatchError: it cannot be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".grader-")
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        why = reason(error)
        raise BatchError("batch.not_written", file=str(path), detail=why) from None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
