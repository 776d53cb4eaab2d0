"""Where matplotlib keeps the list of fonts that it has found: looking for them takes a second."""

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
    """Give the user's folder for this, made at first need; where there can be none, one for now."""
    try:
        folder = _place()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = os.access(folder, os.W_OK | os.X_OK)
    except (OSError, RuntimeError):  # nowhere to write, or nobody's home
        kept = False
    if kept:
        yield str(folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield temporary


def _place() -> Path:
    """Return where programs keep what they can make anew: the XDG base directory."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    caches = Path(given) if os.path.isabs(given) else Path.home() / ".cache"  # noqa: PTH117
    return caches / "nn-grader" / "matplotlib"
