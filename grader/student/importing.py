"""Import of modules on the student's side, without disclosing where their files are.

The judge sends the text of this file ahead; it imports everything else. The grader's own modules
have relative names such as ``grader/student/process.py`` for files, and are read before a process
enters its sandbox, so that their folder need not be granted. Of the installed libraries only those
that the judge names can be imported.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import types
    from collections.abc import Iterator, Mapping, Sequence
    from importlib import metadata

SIDE = ("student", "wire")  # the packages of the student's side, in the folder of grader


class Own(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the modules of the student's side of the grader."""

    def __init__(self, package: str) -> None:
        """``package``: the folder of grader."""
        self._reader: _Reader | None = _Reader(package)
        self._held: dict[str, types.CodeType] = {}

    def hold(self) -> None:
        """Read all modules that have not been imported; afterwards no file is needed any more."""
        if self._reader is None:
            return
        names = [name for name in self._reader.names() if name not in sys.modules]
        self._held = {name: self._reader.get_code(name) for name in names}
        self._reader = None

    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None,
        _target: types.ModuleType | None = None,
        /,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of a module of the grader, None for any other."""
        if not self._has(fullname):
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def _has(self, name: str) -> bool:
        if self._reader is not None:
            return name in self._reader.names()
        return name in self._held

    def get_code(self, fullname: str) -> types.CodeType:
        """Return the code of a module."""
        if self._reader is not None:
            return self._reader.get_code(fullname)
        return self._held[fullname]

    def get_source(self, _fullname: str) -> None:
        """Return None: the source is not available."""

    def is_package(self, fullname: str) -> bool:
        """Return True if a module is a package."""
        return self.get_code(fullname).co_filename.endswith("__init__.py")


class _Reader(importlib.abc.SourceLoader):
    """Reads modules from the folder of grader, under names that do not disclose where it is."""

    def __init__(self, package: str) -> None:
        self._above, name = os.path.split(package)
        self._files = dict(_modules(package, name))

    def names(self) -> Mapping[str, str]:
        return self._files

    def get_code(self, fullname: str) -> types.CodeType:
        code: types.CodeType | None = super().get_code(fullname)
        assert code is not None  # noqa: S101 - it has a source
        return code

    def get_filename(self, fullname: str) -> str:
        return self._files[fullname]

    def path_stats(self, path: str) -> dict[str, Any]:
        state = os.stat(os.path.join(self._above, path))  # noqa: PTH116, PTH118
        return {"mtime": state.st_mtime, "size": state.st_size}

    def get_data(self, path: str) -> bytes:
        with open(os.path.join(self._above, path), "rb") as file:  # noqa: PTH118, PTH123
            return file.read()


def _modules(package: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield each module's name, and its file relative to the parent of ``package``."""
    yield name, f"{name}/__init__.py"
    waiting = [(f"{package}/{room}", f"{name}/{room}") for room in SIDE]
    while waiting:
        folder, shown = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                file = f"{shown}/{entry.name}"
                if entry.name == "__init__.py":
                    yield shown.replace("/", "."), file
                elif entry.name.endswith(".py"):
                    yield file.removesuffix(".py").replace("/", "."), file
                elif entry.name != "__pycache__" and entry.is_dir():
                    waiting.append((entry.path, file))


class Libraries(importlib.abc.MetaPathFinder):
    """Finds the modules and packages of the offered libraries, and their versions."""

    def __init__(
        self,
        modules: Mapping[str, tuple[str | None, list[str] | None]],
        versions: Mapping[str, tuple[str, str]],
    ) -> None:
        """``modules``: for each its file or None, and the folders of a package or None.

        ``versions``: for each library its version and the folder in which it is installed.
        """
        self._modules = modules
        self._versions = versions

    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None,
        _target: types.ModuleType | None = None,
        /,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of a top-level module of a library; submodules are found as usual."""
        if fullname not in self._modules:
            return None
        origin, folders = self._modules[fullname]
        if origin is None:
            spec = importlib.machinery.ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = folders
            return spec
        return importlib.util.spec_from_file_location(
            fullname, origin, submodule_search_locations=folders
        )

    def find_distributions(self, context: Any) -> Iterator[metadata.Distribution]:
        """Yield the libraries' metadata for `importlib.metadata`: names and versions."""
        from importlib import metadata  # noqa: PLC0415 - few submissions ask
        from pathlib import Path  # noqa: PLC0415

        class Told(metadata.Distribution):
            def __init__(self, name: str, version: str, folder: str) -> None:
                self._text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
                self._folder = folder

            def read_text(self, filename: str) -> str | None:
                return self._text if filename == "METADATA" else None

            def locate_file(self, path: Any) -> Any:
                return Path(self._folder, path)

        for name, (version, folder) in self._versions.items():
            if context.name is None or _normal(context.name) == _normal(name):
                yield Told(name, version, folder)


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def start(stream: Any, settings: dict[str, Any]) -> None:
    """Import the student's side and begin; the remaining settings arrive on ``stream``.

    ``told``: the folder of grader, which is removed from it, and the settings.
    """
    own = Own(settings.pop("package"))
    sys.meta_path.insert(0, own)
    # No submission may learn where the interpreter is, nor how it was called.
    sys.argv, sys.orig_argv, sys.executable = [""], [""], ""
    from grader.student.boot import main  # noqa: PLC0415 - there is no grader before

    main(stream, own, Libraries, settings["settings"])
