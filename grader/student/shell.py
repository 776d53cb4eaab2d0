"""IPython's shell, as far as a notebook asks for it by name: it does nothing."""

from __future__ import annotations

from typing import Any


class Shell:
    """Stands in for what ``get_ipython()`` returns; commands print nothing."""

    def getoutput(self, *_args: Any, **_named: Any) -> list[str]:
        """Return the lines that a command prints: there are none."""
        return []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_args, **_kwargs: None


class Outputs(dict[int, None]):
    """``Out`` of a notebook: results of cells, which are not kept here."""

    def __missing__(self, key: int) -> None:
        """Return nothing for any cell."""


def names_of_a_notebook() -> dict[str, Any]:
    """Return what every notebook has without importing it."""
    shown = {"display": print, "get_ipython": Shell, "In": [], "Out": Outputs()}
    return {**shown, "_": None, "__": None, "___": None}
