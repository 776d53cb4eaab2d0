"""Which files a student process may read: what Python, numpy and torch load when first used.

A Landlock rule on a folder opens everything below it. So a folder with something excluded inside
is never granted itself: its other entries are, one by one, down to what is excluded.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

LIBRARY_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
# Python's own prefix may be /usr/local, whose lib/ holds what the machine's owner put there.
SHARED_LIBRARY = re.compile(r"\.so(\.[\w.]+)?$|\.dylib$")
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/null",
    "/dev/zero",
    "/dev/urandom",
    # How many processors there are and what they can: asked by thread pools and by torch.
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)
LIBRARIES = ("numpy", "torch")


def readable_paths(exclude: Iterable[str]) -> list[str]:
    """Return paths to grant for reading: none of them is, contains or lies in an excluded one.

    Folders on sys.path count only when they are site-packages: a checkout is not granted. Symbolic
    links are resolved throughout.
    """
    excluded = {_real(path) for path in exclude}
    stdlib = sysconfig.get_path("stdlib")
    packages = [entry for entry in sys.path if entry.rstrip(os.sep).endswith("-packages")]
    # The interpreter that a virtual environment was made from has packages of its own beside its
    # standard library; unless they are on the path they are none of a submission's business.
    inside = {_real(path) for path in _packages_below(stdlib)}
    granted = [*open_below(stdlib, excluded | inside), *_existing([_zipped(stdlib)])]
    for root in [*packages, *_elsewhere(packages), *LIBRARY_FOLDERS]:
        granted += open_below(root, excluded)
    for root in {sys.base_prefix, sys.prefix, "/usr/local"}:
        granted += _shared_libraries(os.path.join(root, "lib"), excluded)
    granted += _existing(SYSTEM_FILES)
    return sorted(set(granted))


def open_below(root: str, excluded: Iterable[str]) -> list[str]:
    """Return what of ``root`` can be granted: itself, or parts of it, or nothing.

    ``excluded``: paths without symbolic links in them. The home folder as a whole, and what it lies
    in, is never granted; nor is the root of the file system.
    """
    top = _real(root)
    home = _real(os.path.expanduser("~"))
    closed = {Path(path) for path in excluded}
    if Path(home) not in Path(top).parents:
        closed.add(Path(home))
    if not os.path.isdir(top) or Path(top) == Path(top).parent:
        return []
    return list(_open_parts(Path(top), closed))


def _open_parts(path: Path, closed: set[Path]) -> Iterator[str]:
    if any(path == shut or shut in path.parents for shut in closed):
        return
    if not any(path in shut.parents for shut in closed):
        yield str(path)
        return
    with contextlib.suppress(OSError), os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            # What a link leads to is granted where it stands, or not at all.
            if not entry.is_symlink():
                yield from _open_parts(Path(entry.path), closed)


def _real(path: str | os.PathLike[str]) -> str:
    return os.path.realpath(path)


def _packages_below(stdlib: str) -> Iterator[str]:
    yield from (os.path.join(stdlib, name) for name in ("site-packages", "dist-packages"))


def _zipped(stdlib: str) -> str:
    """Return where the standard library would be as one file (python311.zip)."""
    name = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    return os.path.join(os.path.dirname(stdlib), name)


def _elsewhere(packages: Iterable[str]) -> Iterator[str]:
    """Yield the folders of imported libraries that are in no site-packages (pip --target)."""
    known = [Path(_real(entry)) for entry in packages]
    for name in LIBRARIES:
        origin = getattr(sys.modules.get(name), "__file__", None)
        if origin is None:
            continue
        folder = Path(_real(origin)).parent
        if not any(entry in folder.parents for entry in known):
            yield from (str(folder), f"{folder}.libs")


def _shared_libraries(folder: str, excluded: Iterable[str]) -> list[str]:
    """Return the shared libraries that lie in a folder, without the folder itself."""
    closed = {Path(path) for path in excluded}
    found = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            target = Path(_real(entry.path))
            shut = any(target == path or path in target.parents for path in closed)
            if SHARED_LIBRARY.search(entry.name) and target.is_file() and not shut:
                found.append(str(target))
    return found


def _existing(paths: Iterable[str]) -> list[str]:
    return [_real(path) for path in paths if os.path.exists(path)]
