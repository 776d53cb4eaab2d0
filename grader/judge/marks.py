"""Decorators for checks. They only note what the plugin reads later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
NOTES = "_grader_notes"


def _note(name: str, value: Any) -> Callable[[F], F]:
    def mark(check: F) -> F:
        check.__dict__.setdefault(NOTES, {})[name] = value
        return check

    return mark


def points(number: int) -> Callable[[F], F]:
    """State beside the check what exercise.yaml says it is worth; the two must agree."""
    return _note("points", number)


def needs(*checks: str) -> Callable[[F], F]:
    """Run the check only when these passed; otherwise it is ``not_run`` and earns nothing."""
    return _note("needs", checks)


def hidden(check: F) -> F:
    """Never display the check to students; it runs in a fresh student process."""
    return _note("visibility", "hidden")(check)


def held_back(check: F) -> F:
    """Like `hidden`, and never shipped to students."""
    return _note("visibility", "held_back")(check)


def showing(*runs: str, entry: str = "") -> Callable[[F], F]:
    """Mark a function of checks.py that writes a run of the drive in Python, for students to read.

    ``runs`` are functions of the drive. The function gets the arguments of a run and returns the
    lines of a program that does the same. ``entry`` says what stands for a number of the result:
    ``"{1}.{0}"`` makes ``x.grad`` of ``["grad"]["x"]``.
    """

    def mark(function: F) -> F:
        shown = note(function, "showing", ())
        return _note("showing", (*shown, (runs, entry)))(function)

    return mark


def note(check: Callable[..., Any], name: str, default: Any = None) -> Any:
    """Return what a decorator noted on a check."""
    return check.__dict__.get(NOTES, {}).get(name, default)
