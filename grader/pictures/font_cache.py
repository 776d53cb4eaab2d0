"""The folder for matplotlib's list of fonts: searching for fonts takes a second."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def cache() -> Iterator[str]:
    """Yield the user's cache folder, created if needed; a temporary one if that is not possible."""
    try:
        folder = _place()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = os.access(folder, os.W_OK | os.X_OK)
    except (OSError, RuntimeError):  # not writable, or no home folder
        kept = False
    if kept:
        yield str(folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield temporary


def _place() -> Path:
    """Return the folder for regenerable files: of the XDG Base Directory Specification."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    caches = Path(given) if os.path.isabs(given) else Path.home() / ".cache"  # noqa: PTH117
    return caches / "nn-grader" / "matplotlib"
