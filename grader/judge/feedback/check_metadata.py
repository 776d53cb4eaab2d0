"""The attribute in which decorators of checks store their notes on a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NOTES = "_grader_notes"
OF_ALL, OF_FIRST = "all", "first"


def note(check: Callable[..., Any], name: str, default: Any = None) -> Any:
    """Return the value that a decorator stored on a check."""
    return getattr(check, NOTES, {}).get(name, default)
