"""A substitute for IPython's shell, which a notebook may use by name: it does nothing."""

from __future__ import annotations

import ast
import bisect
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAST = ("_", "__", "___")
"""The names of the results of the last three cells that had one."""


class Nothing:
    """An attribute of the shell: it can be called, iterated and compared, and holds nothing."""

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
    """Replaces the result of ``get_ipython()``; commands print nothing."""

    def getoutput(self, *_args: Any, **_named: Any) -> list[str]:
        """Return the lines that a command prints: none."""
        return []

    def captured(self) -> Captured:
        """Return the object that ``%%capture`` binds."""
        return Captured()

    def timed(self) -> Timed:
        """Return the object that ``%timeit -o`` returns."""
        return Timed()


class Captured(Nothing):
    """The captured output of a cell: empty, since it is not kept."""

    stdout = stderr = ""
    outputs: tuple[Any, ...] = ()


class Timed(Nothing):
    """The timing of a statement: nothing is measured."""

    average = best = worst = stdev = compile_time = math.nan
    loops = repeat = 0
    all_runs: tuple[float, ...] = ()
    timings: tuple[float, ...] = ()

    def __repr__(self) -> str:
        return str(math.nan)


class Outputs(dict[int, Any]):
    """``Out`` of a notebook: cell results by number; the last three have names as well."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        super().__init__()
        self._namespace = namespace
        self._last = dict.fromkeys(LAST, "")
        namespace |= self._last

    def __missing__(self, key: int) -> None:
        """Return None for a cell without a result."""

    def __setitem__(self, key: int, value: Any) -> None:
        """Keep the result of a cell, and name it, unless the submission uses the names."""
        if value is None:
            return
        super().__setitem__(key, value)
        self._namespace[f"_{key}"] = value
        if all(self._namespace.get(name) is last for name, last in self._last.items()):
            values = [value, *self._last.values()]
            self._last = dict(zip(LAST, values, strict=False))
            self._namespace |= self._last


def keep_results(
    tree: ast.Module, source: str, cells: Sequence[int], numbers: Sequence[int]
) -> None:
    """Rewrite the tree so that ``Out`` keeps the value of each cell that ends in an expression.

    An expression followed by a semicolon is not kept, as in Jupyter.
    """
    lines = source.split("\n")
    last = {bisect.bisect_right(cells, node.lineno): at for at, node in enumerate(tree.body)}
    for cell, at in last.items():
        node = tree.body[at]
        silent = lines[(node.end_lineno or 1) - 1].rstrip().endswith(";")
        if isinstance(node, ast.Expr) and not silent:
            number = ast.Constant(numbers[cell - 1])
            kept = ast.Subscript(ast.Name("Out", ast.Load()), number, ast.Store())
            new = ast.copy_location(ast.Assign([kept], node.value), node)
            tree.body[at] = ast.fix_missing_locations(new)


def add_names(namespace: dict[str, Any]) -> None:
    """Add the names that every notebook has without importing them."""
    outputs = Outputs(namespace)
    namespace |= {"display": print, "get_ipython": Shell, "In": [], "Out": outputs}
