"""Modules kept as bytes: they can be imported for the first time when no file can be opened.

Python modules are read ahead from their compiled cache and executed only when they are imported.
Extension modules have to be loaded ahead instead.
"""

from __future__ import annotations

import contextlib
import importlib
import os
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec, SourceFileLoader
from importlib.util import cache_from_source, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

INITIAL = "__init__.py"
_OF_TESTS = ("_test", "_xx", "xx", "_ctypes_test")
_OF_TERMINALS = ("_curses", "_curses_panel", "_tkinter", "readline", "ossaudiodev", "nis", "spwd")


class Kept:
    """The modules of some folders, read into memory, by name."""

    def __init__(self, closed: Collection[str] = ()) -> None:
        """``closed``: files and folders of which no module is kept."""
        self._closed = closed
        self._paths: dict[str, str] = {}
        self._data: dict[str, bytes] = {}

    def keep(self, folder: Path, package: str = "", without: Collection[str] = ()) -> None:
        """Read the modules below a folder ahead, and load the extension modules.

        ``package``: the folder's name as a module; ``without``: names of folders to leave out.
        """
        for path, name in _modules(folder, package, without, self._closed):
            if path.suffix == ".py":
                self._read(path, name)
            elif not name.rpartition(".")[2].startswith((*_OF_TESTS, *_OF_TERMINALS)):
                # Not every one of them can be loaded on every machine.
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)

    def _read(self, path: Path, name: str) -> None:
        for place in (cache_from_source(str(path)), str(path)):
            with contextlib.suppress(OSError):
                self._data[place] = Path(place).read_bytes()
                self._paths[name] = str(path)
                return

    def spec(self, name: str) -> ModuleSpec | None:
        """Return the spec of a module; None if it is not kept."""
        path = self._paths.get(name)
        if path is None:
            return None
        inside = [os.path.dirname(path)] if path.endswith(f"{os.sep}{INITIAL}") else None  # noqa: PTH120 - text
        return spec_from_file_location(
            name, path, loader=_Loader(name, path, self._data), submodule_search_locations=inside
        )


class _Loader(SourceFileLoader):
    """Loads a module from the kept bytes."""

    def __init__(self, name: str, path: str, data: dict[str, bytes]) -> None:
        super().__init__(name, path)
        self._data = data

    def get_data(self, path: str) -> bytes:
        try:
            return self._data[path]
        except KeyError:
            raise OSError(path) from None


def _modules(
    folder: Path, package: str, without: Collection[str], closed: Collection[str]
) -> Iterator[tuple[Path, str]]:
    """Yield the files of modules below a folder, with their names."""
    prefix = f"{package}." if package else ""
    with os.scandir(folder) as entries:
        found = sorted(
            (entry for entry in entries if os.path.realpath(entry.path) not in closed),
            key=lambda entry: entry.name,
        )
    for entry in found:
        path = Path(entry.path)
        stem = entry.name.partition(".")[0]
        if entry.name == INITIAL:
            yield path, package
        elif entry.name.endswith((".py", *EXTENSION_SUFFIXES)):
            yield path, f"{prefix}{stem}"
        elif entry.name == "lib-dynload":
            yield from _modules(path, "", without, closed)
        elif entry.name.isidentifier() and entry.name not in without and (path / INITIAL).is_file():
            yield from _modules(path, f"{prefix}{entry.name}", without, closed)
