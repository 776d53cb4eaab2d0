"""Which files a student process may read: what Python, numpy and torch load when first used.

Folders are granted whole, but for what is closed in them. A Landlock rule on a folder opens
everything below it: `Readable.entries` therefore goes around what is closed, entry by entry. Where
a process has a root of its own, what is closed is covered up there instead.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import re
import sys
import sysconfig
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LIBRARY_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
# Python's own prefix may be /usr/local, whose lib/ holds what the machine's owner put there.
SHARED_LIBRARY = re.compile(r"\.so(\.[\w.]+)?$|\.dylib$")
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/null",
    "/dev/urandom",
)
LIBRARIES = ("numpy", "torch")


@dataclass(frozen=True)
class Readable:
    """What may be read. Paths have no symbolic links in them, but for ``names``.

    ``closed`` are paths below some of the ``folders``; a folder that lies below one of them is open
    all the same. ``names`` are the names by which Python asks for all this.
    """

    folders: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    names: tuple[Path, ...] = ()

    def entries(self) -> list[str]:
        """Return paths to open with everything below them: none of them opens a closed one."""
        granted = list(self.files)
        for folder in self.folders:
            granted += open_below(folder, self.closed)
        return sorted({str(path) for path in granted})


def find_readable(exclude: Iterable[str], besides: Iterable[Path] = ()) -> Readable:
    """Return what to grant for reading, with the ``exclude``d paths closed.

    ``besides`` is granted as well, wherever it lies. Folders on sys.path count only when they are
    site-packages: a checkout is not granted.
    """
    excluded = {Path(path).resolve() for path in exclude}
    stdlib = Path(sysconfig.get_path("stdlib"))
    packages = [Path(entry) for entry in sys.path if entry.rstrip("/").endswith("-packages")]
    # The interpreter that a virtual environment was made from has packages of its own beside its
    # standard library; unless they are on the path they are none of a submission's business.
    beside = {(stdlib / name).resolve() for name in ("site-packages", "dist-packages")}
    beside -= {path.resolve() for path in packages}
    zipped = stdlib.parent / f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    names = [stdlib, *packages, *_elsewhere(packages), *map(Path, LIBRARY_FOLDERS)]
    names = [*names, zipped, *map(Path, SYSTEM_FILES), *besides]
    # What this user cannot even look at is not there for it.
    names = [name for name in names if os.path.exists(name)]  # noqa: PTH110 - raises nothing
    closed = {*excluded, *beside, *_home()}
    folders = {name.resolve() for name in names if name.is_dir()}
    folders = {folder for folder in folders if _may_be_open(folder, closed)}
    folders = {folder for folder in folders if not _is_open(folder, folders, closed)}
    files = {name.resolve() for name in names if not name.is_dir()}
    for prefix in {sys.base_prefix, sys.prefix, "/usr/local"}:
        files |= _shared_libraries(Path(prefix, "lib"), excluded)
    return Readable(
        tuple(sorted(folders)),
        tuple(sorted(shut for shut in closed if not folders.isdisjoint(shut.parents))),
        tuple(sorted(file for file in files if not _is_open(file, folders, closed))),
        tuple(names),
    )


@functools.cache
def library_files() -> tuple[Path, ...]:
    """Return where the libraries are, those that are installed."""
    specs = (importlib.util.find_spec(name) for name in LIBRARIES)
    return tuple(Path(spec.origin) for spec in specs if spec is not None and spec.origin)


def open_below(root: Path, excluded: Iterable[Path]) -> list[Path]:
    """Return what of ``root`` can be granted: itself, or parts of it, or nothing.

    ``excluded``: paths without symbolic links in them. One that ``root`` lies in does not count:
    a virtual environment may stand inside a checkout. The home folder as a whole, and what it lies
    in, is never granted; nor is the root of the file system.
    """
    top = root.resolve()
    closed = {shut for shut in (*excluded, *_home()) if _lies_in(shut, top)}
    if not top.is_dir() or not _may_be_open(top, closed):
        return []
    return list(_open_parts(top, closed))


def cover(paths: Iterable[str], avoid: str) -> list[str]:
    """Return folders that hold all these paths and not ``avoid``, as few as possible.

    A path that ``avoid`` lies in stays as it is.
    """
    kept_out = Path(avoid).resolve()
    leading = {kept_out, *kept_out.parents}
    covering = set()
    for path in map(Path, paths):
        outside = [folder for folder in (*reversed(path.parents), path) if folder not in leading]
        covering.add(str(outside[0] if outside else path))
    return sorted(covering)


def _may_be_open(folder: Path, closed: Collection[Path]) -> bool:
    return folder != folder.parent and folder not in closed


def _is_open(path: Path, folders: Collection[Path], closed: Collection[Path]) -> bool:
    """Tell whether a folder above ``path`` opens it already."""
    return any(
        folder in path.parents
        and not any(_lies_in(path, shut) and folder in shut.parents for shut in closed)
        for folder in folders
    )


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
    """Yield the folders of libraries that are in no site-packages (pip --target)."""
    known = [entry.resolve() for entry in packages]
    for file in library_files():
        if not any(entry in file.resolve().parents for entry in known):
            folder = file.parent
            yield from (folder, folder.with_name(f"{folder.name}.libs"))


def _shared_libraries(folder: Path, excluded: Collection[Path]) -> set[Path]:
    """Return the shared libraries that lie in a folder, without the folder itself."""
    found: set[Path] = set()
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if SHARED_LIBRARY.search(entry.name) and entry.is_file():
                target = Path(entry.path).resolve()
                closed = (shut for shut in excluded if shut not in folder.parents)
                if not any(_lies_in(target, shut) for shut in closed):
                    found.add(target)
    return found
