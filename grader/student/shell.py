"""IPython's shell, as far as a notebook asks for it by name: it does nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Nothing:
    """An attribute of the shell: it can be called, looked through and asked, and holds nothing."""

    def __getattr__(self, name: str) -> Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *_args: Any, **_named: Any) -> None:
        """Do nothing."""

    def __contains__(self, _item: object) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class Shell(Nothing):
    """Stands in for what ``get_ipython()`` returns; commands print nothing."""

    def getoutput(self, *_args: Any, **_named: Any) -> list[str]:
        """Return the lines that a command prints: there are none."""
        return []

    def captured(self) -> Captured:
        """Return what ``%%capture`` keeps."""
        return Captured()

    def timed(self) -> Timed:
        """Return what ``%timeit -o`` does."""
        return Timed()


class Captured(Nothing):
    """What a cell has printed and shown: it is not kept."""

    stdout = stderr = ""
    outputs: tuple[Any, ...] = ()


class Timed(Nothing):
    """How long a statement takes: nothing is timed here."""

    average = best = worst = stdev = compile_time = math.nan
    loops = repeat = 0
    all_runs: tuple[float, ...] = ()
    timings: tuple[float, ...] = ()

    def __repr__(self) -> str:
        return str(math.nan)


class Outputs(dict[int, None]):
    """``Out`` of a notebook: results of cells, which are not kept here."""

    def __missing__(self, key: int) -> None:
        """Return nothing for any cell."""


def names_of_a_notebook() -> dict[str, Any]:
    """Return what every notebook has without importing it."""
    shown = {"display": print, "get_ipython": Shell, "In": [], "Out": Outputs()}
    return {**shown, "_": None, "__": None, "___": None}
