"""One loaded submission: its module, the files it may import, the drive beside it."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import random
import sys
import types
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.student.plain import accepts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES_LIMIT = 300


class _Given(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Import the files of given/ from memory: there is no file to read or to change."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = {name.removesuffix(".py"): text for name, text in sources.items()}

    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None,
        _target: types.ModuleType | None = None,
        /,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in self.sources:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=f"{fullname}.py")

    def get_source(self, fullname: str) -> str:
        return self.sources[fullname]


class Submission:
    """The student's module and, where the exercise has one, its drive."""

    def __init__(self, filename: str, source: str, given: Mapping[str, str]) -> None:
        self.filename = filename
        self.source = source
        self.drive: types.ModuleType | None = None
        if given:
            sys.meta_path.insert(0, _Given(given))
        self.module = self._module("submission", filename, source)
        if filename.endswith(".ipynb"):
            # What every notebook has without importing it.
            self.module.__dict__["display"] = print

    @staticmethod
    def _module(name: str, filename: str, source: str) -> types.ModuleType:
        module = types.ModuleType(name)
        module.__file__ = filename
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        return module

    def execute(self) -> None:
        """Run the submission's top level. Whatever it raises comes out."""
        sys.modules["submission"] = self.module
        code = compile(self.source, self.filename, "exec", dont_inherit=True)
        exec(code, self.module.__dict__)  # noqa: S102 - running the submission is the purpose

    def execute_drive(self, source: str) -> None:
        """Run the exercise's drive, which calls the submission on the judge's behalf."""
        self.drive = self._module("drive", "drive.py", source)
        code = compile(source, "drive.py", "exec", dont_inherit=True)
        exec(code, self.drive.__dict__)  # noqa: S102

    def describe(self, functions: Mapping[str, int]) -> dict[str, Any]:
        """Tell which of the asked functions are there and take that many arguments."""
        found: dict[str, Any] = {}
        for name, count in functions.items():
            if not hasattr(self.module, name):
                continue
            value = getattr(self.module, name)
            fits, signature = accepts(value, count) if callable(value) else (False, "")
            found[name] = {
                "callable": callable(value),
                "type": type(value).__name__,
                "fits": fits,
                "signature": signature,
            }
        names = [name for name, value in vars(self.module).items() if callable(value)]
        return {"functions": found, "names": [name[:100] for name in names[:NAMES_LIMIT]]}


def warm_up() -> None:
    """Do once, before any fork, what is slow at its first use.

    NumPy imports its random module when it is first named: 30 ms in every child otherwise.
    """
    seed_generators(0)
    np.random.default_rng(0)
    trivial = Submission("warm.py", "def same(x):\n    return x\n", {})
    trivial.execute()
    trivial.describe({"same": 1})
    del sys.modules["submission"], linecache.cache["warm.py"]


def seed_generators(seed: int) -> None:
    """Seed every global random generator that a submission may use."""
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - submissions use the global generator
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(seed % 2**63)
