"""Everything that student processes may read, as sent to the student's side."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.judge.processes.readable import driver, shared_libraries, standard
from grader.judge.processes.readable.libraries import Module, find_libraries
from grader.judge.processes.readable.search import find_foreign


@dataclass(frozen=True, eq=False)
class Offer:
    """Files and folders, the latter with everything below them except closed paths.

    All paths are resolved, except ``names``: those that Python and the dynamic linker use, with
    symbolic links in them. ``modules`` and ``versions`` are those of the libraries, see
    `Libraries`. ``samples`` are files that show whether other users can read the libraries.
    """

    folders: tuple[str, ...]
    files: tuple[str, ...]
    closed: tuple[str, ...]
    names: tuple[str, ...]
    samples: tuple[str, ...]
    modules: dict[str, Module]
    versions: dict[str, tuple[str, str]]
    devices: tuple[str, ...]  # device nodes of a card, to read and to write
    noted: frozenset[str]  # recorded by installers; not sent

    def as_message(self) -> dict[str, Any]:
        """Return, as plain data, the part that the student's side needs."""
        names = (each.name for each in dataclasses.fields(self) if each.name != "noted")
        return {name: getattr(self, name) for name in names}


@functools.cache
def find_offer(libraries: tuple[str, ...], closed: tuple[str, ...], *, card: bool = False) -> Offer:
    """Return the grants without anything ``closed``; with ``card``, CUDA's files included."""
    found = find_libraries(libraries)
    stdlib = os.path.realpath(standard.folder())
    shut = {*map(os.path.realpath, closed), *standard.foreign(stdlib), *_home()}
    places = [standard.zipped(), *found.places, *shared_libraries.data_folders()]
    granted = {stdlib, *_real([*places, *(driver.folders() if card else ())])}
    folders = {path for path in granted if _may_be_open(path, shut)}
    folders = {path for path in folders if not _is_open(path, folders, shut)}
    needed = shared_libraries.needed_by(
        [*found.compiled, *shared_libraries.extension_modules(stdlib)]
    )
    needed.update(filter(os.path.isfile, found.compiled))
    needed.update(driver.libraries() if card else ())
    files = {*filter(os.path.isfile, granted), *map(os.path.realpath, needed)}
    names = [standard.folder(), *found.places, *needed, *shared_libraries.LIBRARY_FOLDERS]
    return Offer(
        folders=tuple(sorted(folders)),
        files=tuple(sorted(path for path in files if not _is_open(path, folders, shut))),
        closed=tuple(sorted(path for path in shut if any(_is_below(path, top) for top in folders))),
        names=tuple(dict.fromkeys(names)),
        samples=tuple(found.samples),
        modules=found.modules,
        versions=found.versions,
        devices=driver.nodes() if card else (),
        noted=frozenset(found.noted),
    )


class Offering:
    """The offer to the processes of one judge: the initial one, or a smaller one after a search."""

    def __init__(
        self, libraries: Iterable[str], closed: Iterable[str], *, card: bool = False
    ) -> None:
        """``closed``: paths that no process may open, whatever else is granted.

        ``card``: the processes compute on a graphics card.
        """
        self._card = card
        self._libraries = tuple(libraries)
        self._closed = tuple(closed)

    @property
    def offer(self) -> Offer:
        """The current offer."""
        return find_offer(self._libraries, self._closed, card=self._card)

    def close_foreign(self) -> bool:
        """Search the offer for courses and the like; return True if it has become smaller.

        The search takes a while: call it while a process starts, which is started again if needed.
        """
        found = foreign_in(self.offer)
        self._closed = (*self._closed, *found)
        return bool(found)


@functools.cache
def foreign_in(offer: Offer) -> tuple[str, ...]:
    """Return the paths in an offer that belong to no library, or look like a course."""
    return tuple(find_foreign(offer.folders, set(offer.closed), offer.noted))


def _real(places: Iterable[str]) -> Iterator[str]:
    """Yield the resolved paths; for a folder with links to files, their targets as well."""
    for place in places:
        real = os.path.realpath(place)
        yield real
        if os.path.isdir(real) and _holds_links(real):  # noqa: PTH112 - as all paths here: texts
            yield from _linked(Path(real))


def _holds_links(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.is_symlink() for entry in entries)
    except OSError:
        return False


def _linked(folder: Path) -> Iterator[str]:
    """Yield the targets of a folder of links: folders of the same structure, or single files."""
    found: set[Path] = set()
    for place, _, names in os.walk(folder):
        for path in (Path(place, name) for name in names):
            if path.is_symlink():
                inside = path.relative_to(folder.parent).parts
                target = path.resolve()
                same = target.parts[-len(inside) :] == inside
                found.add(Path(*target.parts[: 1 - len(inside)]) if same else target)
    yield from map(str, found)


def _may_be_open(path: str, closed: Collection[str]) -> bool:
    return os.path.isdir(path) and path != os.sep and path not in closed  # noqa: PTH112


def _is_open(path: str, folders: Collection[str], closed: Collection[str]) -> bool:
    """Return True if a granted folder already contains ``path``."""
    return any(
        _is_below(path, folder)
        and not any(
            (path == shut or _is_below(path, shut)) and _is_below(shut, folder) for shut in closed
        )
        for folder in folders
    )


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}{os.sep}")


def _home() -> tuple[str, ...]:
    home = os.path.expanduser("~")  # noqa: PTH111 - stays as it is where there is none
    return (os.path.realpath(home),) if os.path.isabs(home) else ()  # noqa: PTH117
