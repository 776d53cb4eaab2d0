"""The standard library: Python's own files in its folder, and foreign ones."""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from collections.abc import Iterator

_ITS_OWN = {
    "lib-dynload",
    "__pycache__",
    "__hello__",
    "__phello__",
    "LICENSE",
    "EXTERNALLY-MANAGED",
}
_BUILT = "_sysconfigdata"


def folder() -> str:
    """Return the folder of the standard library, as Python names it."""
    return sysconfig.get_path("stdlib")


def zipped() -> str:
    """Return the path of the standard library as one file; it need not exist."""
    above, _ = os.path.split(folder())
    return f"{above}/python{sys.version_info.major}{sys.version_info.minor}.zip"


def foreign(real: str) -> Iterator[str]:
    """Yield the paths in that folder that are no part of the library: packages, Python's tests."""
    for place in (real, f"{real}/__pycache__"):
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            yield from (entry.path for entry in entries if not _is_its_own(entry.name))


def _is_its_own(name: str) -> bool:
    stem = name.split(".", 1)[0]
    return stem in sys.stdlib_module_names or stem in _ITS_OWN or stem.startswith(_BUILT)
