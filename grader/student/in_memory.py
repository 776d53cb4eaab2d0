"""Modules that are text in memory: there is no file to read or to change."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Mapping, Sequence

    Run = Callable[[dict[str, object], str, str], None]

_PACKAGE = "/__init__.py"


class InMemory(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Import sources by their paths: ``utils.py``, ``pkg/__init__.py``, ``pkg/mod.py``.

    A folder without ``__init__.py`` is a package as well. ``run``: the function that runs a module,
    given its namespace, path and source; Python itself by default.
    """

    def __init__(self, sources: Mapping[str, str], run: Run | None = None) -> None:
        self._run = run
        self._sources: dict[str, tuple[str, str]] = {}
        self._packages: set[str] = set()
        for path, text in sources.items():
            if path.endswith(_PACKAGE):
                module = path.removesuffix(_PACKAGE).replace("/", ".")
                self._packages.add(module)
            else:
                module = path.removesuffix(".py").replace("/", ".")
            self._sources[module] = (path, text)
            while "." in module:
                module = module.rpartition(".")[0]
                self._packages.add(module)

    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None,
        _target: types.ModuleType | None = None,
        /,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of a module, None if it is not among these sources."""
        if fullname not in self._sources and fullname not in self._packages:
            return None
        spec = importlib.util.spec_from_loader(fullname, self, origin=self._path(fullname))
        if spec is not None:
            spec.has_location = True  # __file__ is the path, so that tracebacks name the file
        return spec

    def is_package(self, fullname: str) -> bool:
        """Return True if a module has submodules."""
        return fullname in self._packages

    def get_source(self, fullname: str) -> str:
        """Return the source of a module."""
        return self._sources.get(fullname, ("", ""))[1]

    def get_code(self, fullname: str) -> types.CodeType:
        """Return a module's code object, whose file name is its path."""
        return self.source_to_code(self.get_source(fullname), self._path(fullname))

    def exec_module(self, module: types.ModuleType) -> None:
        """Run a module."""
        if self._run is None:
            super().exec_module(module)
        else:
            name = module.__name__
            self._run(module.__dict__, self._path(name), self.get_source(name))

    def _path(self, fullname: str) -> str:
        return self._sources.get(fullname, (fullname.replace(".", "/") + _PACKAGE, ""))[0]
