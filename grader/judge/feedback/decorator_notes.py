"""What the decorators of checks note on a function, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NOTES = "_grader_notes"
OF_ALL, OF_FIRST = "all", "first"


def note(check: Callable[..., Any], name: str, default: Any = None) -> Any:
    """Return what a decorator noted on a check."""
    return getattr(check, NOTES, {}).get(name, default)
