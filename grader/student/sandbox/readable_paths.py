"""The files that a student process may read: those that the judge offers, and some of the system.

Folders are granted whole, except for closed paths in them. A Landlock rule on a folder opens
everything below it: `ReadablePaths.entries` therefore lists a folder that contains a closed path
entry by entry. In a root of its own, closed paths are covered by a mount instead.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/null",
    "/dev/urandom",
)


@dataclass(frozen=True)
class ReadablePaths:
    """The readable paths. They have no symbolic links in them, except ``names``.

    ``closed`` are paths below some of the ``folders``; a folder of ``folders`` below one of them is
    open all the same. ``names`` are the names by which Python asks for all this. ``samples`` are
    files of the libraries: a user who can read them can read the rest. ``devices`` are a card's
    device nodes, which are written to as well.
    """

    folders: tuple[Path, ...] = ()
    closed: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    names: tuple[Path, ...] = ()
    samples: tuple[Path, ...] = ()
    devices: tuple[Path, ...] = ()

    def entries(self) -> list[str]:
        """Return paths to grant with everything below them; none of them contains a closed one."""
        granted = list(self.files)
        for folder in self.folders:
            granted += open_below(folder, self.closed)
        return sorted({str(path) for path in granted})


def readable(offer: Mapping[str, Sequence[str]]) -> ReadablePaths:
    """Return the paths to grant: those that the judge offers, and the system's files."""
    offered = {
        kind: tuple(map(Path, offer.get(kind, ())))
        for kind in ("folders", "closed", "files", "names", "samples", "devices")
    }
    names = [Path(name) for name in SYSTEM_FILES if os.path.exists(name)]  # noqa: PTH110
    folders = {*offered["folders"], *(name.resolve() for name in names if name.is_dir())}
    nodes = offered["devices"]
    files = {*offered["files"], *nodes, *(name.resolve() for name in names if not name.is_dir())}
    return ReadablePaths(
        tuple(sorted(folders)),
        offered["closed"],
        tuple(sorted(files)),
        (*offered["names"], *names),
        offered["samples"],
        nodes,
    )


def open_below(root: Path, excluded: Iterable[Path]) -> list[Path]:
    """Return the parts of ``root`` that can be granted: itself, or parts of it, or nothing.

    ``excluded``: paths without symbolic links in them. One that contains ``root`` does not count: a
    virtual environment may be inside a checkout. The home folder as a whole and its parents are
    never granted; nor is the root of the file system.
    """
    top = root.resolve()
    closed = {shut for shut in (*excluded, *_home()) if _lies_in(shut, top)}
    if not top.is_dir() or not _may_be_open(top, closed):
        return []
    return list(_open_parts(top, closed))


def minimal_folders(paths: Iterable[str], avoid: str) -> list[str]:
    """Return the fewest folders that contain all these paths and not ``avoid``.

    A path that contains ``avoid`` stays as it is.
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


def _open_parts(folder: Path, closed: Collection[Path]) -> Iterator[Path]:
    """Yield the parts of ``folder`` that can be granted; ``closed`` are paths below it."""
    if not closed:
        yield folder
        return
    leading = {folder / shut.relative_to(folder).parts[0] for shut in closed}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            # The target of a link is granted by its own path, or not at all.
            if entry.is_symlink() or path in closed:
                continue
            if path in leading:
                yield from _open_parts(path, [shut for shut in closed if _lies_in(shut, path)])
            else:
                yield path


def _home() -> tuple[Path, ...]:
    try:
        return (Path.home().resolve(),)
    except RuntimeError:  # there is no home folder
        return ()


def _lies_in(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents
