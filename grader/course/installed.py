"""Which libraries of an exercise are installed here, found without importing them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = {"numpy": "NumPy", "torch": "PyTorch"}
"""What people call the libraries that exercises can ask for."""
EXTRAS = {"torch": "nn-grader[torch]"}
"""What installs a library that the plain package does without."""


def missing_libraries(libraries: Iterable[str]) -> list[str]:
    """Return those of ``libraries``, by the names they are imported by, that are not installed."""
    return [name for name in libraries if importlib.util.find_spec(name) is None]
