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
from collections.abc import Collection, Iterable, Iterator
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
    """Return paths to grant for reading: none of them opens an excluded one.

    Folders on sys.path count only when they are site-packages: a checkout is not granted. Symbolic
    links are resolved throughout.
    """
    excluded = {Path(path).resolve() for path in exclude}
    stdlib = Path(sysconfig.get_path("stdlib"))
    packages = [Path(entry) for entry in sys.path if entry.rstrip("/").endswith("-packages")]
    # The interpreter that a virtual environment was made from has packages of its own beside its
    # standard library; unless they are on the path they are none of a submission's business.
    inside = {(stdlib / name).resolve() for name in ("site-packages", "dist-packages")}
    granted = open_below(stdlib, excluded | inside)
    for root in [*packages, *_elsewhere(packages), *map(Path, LIBRARY_FOLDERS)]:
        granted += open_below(root, excluded)
    for prefix in {sys.base_prefix, sys.prefix, "/usr/local"}:
        granted += _shared_libraries(Path(prefix, "lib"), excluded)
    zipped = stdlib.parent / f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    granted += [path.resolve() for path in (zipped, *map(Path, SYSTEM_FILES)) if path.exists()]
    return sorted({str(path) for path in granted})


def open_below(root: Path, excluded: Iterable[Path]) -> list[Path]:
    """Return what of ``root`` can be granted: itself, or parts of it, or nothing.

    ``excluded``: paths without symbolic links in them. One that ``root`` lies in does not count:
    a virtual environment may stand inside a checkout. The home folder as a whole, and what it lies
    in, is never granted; nor is the root of the file system.
    """
    top = root.resolve()
    closed = {shut for shut in (*excluded, *_home()) if _lies_in(shut, top)}
    if not top.is_dir() or top == top.parent or top in closed:
        return []
    return list(_open_parts(top, closed))


def _open_parts(folder: Path, closed: Collection[Path]) -> Iterator[Path]:
    """Yield what of ``folder`` can be granted; ``closed`` are paths below it."""
    if not closed:
        yield folder
        return
    leading = {folder / shut.relative_to(folder).parts[0] for shut in closed}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            # What a link leads to is granted where it stands, or not at all.
            if entry.is_symlink() or path in closed:
                continue
            if path in leading:
                yield from _open_parts(path, [shut for shut in closed if _lies_in(shut, path)])
            else:
                yield path


def _home() -> tuple[Path, ...]:
    try:
        return (Path.home().resolve(),)
    except RuntimeError:  # there is none
        return ()


def _lies_in(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _elsewhere(packages: Iterable[Path]) -> Iterator[Path]:
    """Yield the folders of imported libraries that are in no site-packages (pip --target)."""
    known = [entry.resolve() for entry in packages]
    for name in LIBRARIES:
        origin = getattr(sys.modules.get(name), "__file__", None)
        if origin is None:
            continue
        folder = Path(origin).resolve().parent
        if not any(entry in folder.parents for entry in known):
            yield from (folder, folder.with_name(f"{name}.libs"))


def _shared_libraries(folder: Path, excluded: Collection[Path]) -> list[Path]:
    """Return the shared libraries that lie in a folder, without the folder itself."""
    found: list[Path] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if SHARED_LIBRARY.search(entry.name) and entry.is_file():
                target = Path(entry.path).resolve()
                closed = (shut for shut in excluded if shut not in folder.parents)
                if not any(_lies_in(target, shut) for shut in closed):
                    found.append(target)
    return found
