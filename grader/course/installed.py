"""The installed libraries of an exercise, found without importing them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = {"numpy": "NumPy", "torch": "PyTorch"}
"""The usual names of the libraries that exercises can require."""
NUMPY_ALONE: Final = ("numpy",)
"""The libraries of an exercise that names none."""
EXTRAS = {"torch": "nn-grader[torch]"}
"""The package extra that installs a library."""


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Return those of ``libraries``, by their import names, that are not installed."""
    return [name for name in libraries if importlib.util.find_spec(name) is None]
