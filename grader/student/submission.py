"""One loaded submission: its module, the files it may import, the drive beside it."""

from __future__ import annotations

import linecache
import random
import sys
import types
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.student.in_memory import InMemory
from grader.student.marshal import accepts_args
from grader.student.places import CellLines
from grader.student.toplevel import Notes, Source, TopLevel, stood_in_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.student.toplevel import Describe

# The most names of the submission that are sent, for "did you mean"; the rest are left out.
NAMES_LIMIT = 300


class LoadedSubmission:
    """The student's module and, where the exercise has one, its drive.

    ``given``: files of the exercise by name, ``helpers``: files that the student handed in beside
    the answer, by path. Both are in memory only. ``asked``: the functions that are to be written.
    """

    def __init__(
        self,
        filename: str,
        source: str,
        given: Mapping[str, str],
        helpers: Mapping[str, str] | None = None,
        asked: Collection[str] = (),
    ) -> None:
        self.filename = filename
        self.source = source
        self.helpers = helpers or {}
        self.asked = asked
        self.drive: types.ModuleType | None = None
        self._notes = Notes()
        self._lines: dict[str | None, list[str]] = {}
        if given:
            sys.meta_path.insert(0, InMemory(given))
        self.module = self._module("submission", filename, source)

    def lines(self, file: str | None) -> Sequence[str]:
        """Return the lines of the answer, or of the helper at that path."""
        if file not in self._lines:
            self._lines[file] = (self.source if file is None else self.helpers[file]).split("\n")
        return self._lines[file]

    @staticmethod
    def _module(name: str, filename: str, source: str) -> types.ModuleType:
        module = types.ModuleType(name)
        module.__file__ = filename
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        return module

    def execute(self) -> None:
        """Run the submission's top level; exceptions propagate."""
        sys.modules["submission"] = self.module
        code = compile(self.source, self.filename, "exec", dont_inherit=True)
        exec(code, self.module.__dict__)  # noqa: S102 - running the submission is the purpose

    def execute_tolerantly(
        self,
        describe: Describe,
        seconds: float = 0.0,
        cells: Sequence[int] = (),
        cell_numbers: Sequence[int] = (),
        skip: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Run the top level, continuing after statements that raise: see `toplevel`."""
        sys.modules["submission"] = self.module
        cell_numbers = cell_numbers or range(1, len(cells) + 1)
        if cells or "get_ipython" in self.source:  # a notebook, or a file saved from one
            from grader.student.shell import add_names  # noqa: PLC0415 - few are

            add_names(self.module.__dict__)

        def run_helper(namespace: dict[str, Any], path: str, text: str) -> None:
            source = Source(path, text, helper=True)
            TopLevel(source, namespace, describe, self._notes).run()

        if self.helpers:
            # Last: a helper never shadows another module.
            sys.meta_path.append(InMemory(self.helpers, run_helper))
        if cells:
            CellLines(self.filename, cells, cell_numbers).install()
        source = Source(
            self.filename, self.source, cells, dict(skip), asked=self.asked, numbers=cell_numbers
        )
        TopLevel(source, self.module.__dict__, describe, self._notes, seconds).run()

    def execute_drive(self, source: str) -> None:
        """Run the exercise's drive, which calls the submission for the judge."""
        self.drive = self._module("drive", "drive.py", source)
        code = compile(source, "drive.py", "exec", dont_inherit=True)
        exec(code, self.drive.__dict__)  # noqa: S102

    def describe(self, functions: Mapping[str, int]) -> dict[str, Any]:
        """Return which of the asked functions exist and accept that many arguments."""
        found: dict[str, Any] = {}
        for name, count in functions.items():
            if not hasattr(self.module, name):
                continue
            value = getattr(self.module, name)
            absent = stood_in_for(value)
            if absent is not None:
                self._notes.lose(name, absent)
                continue
            fits, signature = accepts_args(value, count) if callable(value) else (False, "")
            found[name] = {
                "callable": callable(value),
                "type": type(value).__name__,
                "fits": fits,
                "signature": signature,
            }
        names = [
            name
            for name, value in vars(self.module).items()
            if callable(value) and stood_in_for(value) is None
        ]
        return {
            "functions": found,
            "names": [name[:100] for name in names[:NAMES_LIMIT]],
            "notes": self._notes.kept,
            "noted": self._notes.count,
        }


def warm_up() -> None:
    """Do once, before any fork, what is slow at its first use.

    NumPy imports its random module at its first use: 30 ms in every child otherwise.
    """
    seed_generators(0)
    np.random.default_rng(0)
    trivial = LoadedSubmission("warm.py", "def same(x):\n    return x\n", {})
    trivial.execute_tolerantly(lambda _error: {}, seconds=1.0)
    trivial.describe({"same": 1})
    del sys.modules["submission"], linecache.cache["warm.py"]


def restore_defaults() -> None:
    """Reset torch's default dtype and device, which an earlier program may have changed."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_default_device(None)
        torch.set_default_dtype(torch.float32)


def seed_generators(seed: int) -> None:
    """Seed every global random generator that a submission may use."""
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - submissions use the global generator
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(seed % 2**63)
