"""Text files that are written completely or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file completely or not at all, with the permissions of the one it replaces.

    What a link leads to is replaced, not the link. The temporary file beside it is named after the
    file, so that the next run replaces one that a killed run has left.

    Raises:
        OSError: it cannot be written; what was there is there still.

    """
    target = path.resolve()
    temporary = _temporary(target)
    try:
        with os.fdopen(os.open(temporary, _FLAGS, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def require_replaceable(path: Path) -> None:
    """Try whether a file can be replaced, and leave it alone.

    Raises:
        OSError: it cannot.

    """
    temporary = _temporary(path.resolve())
    os.close(os.open(temporary, _FLAGS, 0o666))
    temporary.unlink()


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}.tmp")
