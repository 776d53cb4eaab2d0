"""Decorators for checks. They only set attributes, read later: see `feedback.decorator_notes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, overload

from grader.judge.feedback.check_metadata import NOTES, OF_ALL, OF_FIRST

F = TypeVar("F", bound=Callable[..., Any])


def _note(name: str, value: Any) -> Callable[[F], F]:
    def mark(check: F) -> F:
        check.__dict__.setdefault(NOTES, {})[name] = value
        return check

    return mark


def points(number: int) -> Callable[[F], F]:
    """State beside the check its points in exercise.yaml; the two must agree."""
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


@overload
def observation(function: F, /) -> F: ...


@overload
def observation(*, first: bool = False) -> Callable[[F], F]: ...


def observation(function: F | None = None, /, *, first: bool = False) -> F | Callable[[F], F]:
    """Mark ``function(call, got, right)`` as a fact about a wrong result.

    It returns False or None if the fact is not true, else True or the arguments of its sentence as
    a dict. Those must be equal for all wrong calls of a check; with ``first=True`` they may differ,
    and those of the first one are reported.
    """
    mark: Callable[[F], F] = _note("observation", OF_FIRST if first else OF_ALL)
    return mark if function is None else mark(function)


def showing(*runs: str, entry: str = "", result: str | None = None) -> Callable[[F], F]:
    """Mark a function of checks.py that writes a run of the drive in Python, for students to read.

    ``runs`` are functions of the drive. The function gets the arguments of a run and returns the
    lines of a program that does the same. ``entry`` is the pattern that names a number of the
    result: ``"{1}.{0}"`` makes ``x.grad`` of ``["grad"]["x"]``. ``result`` is the key of the
    program's own result, empty if a student could see none; None: the whole result is shown.
    """
    return _note("showing", (runs, entry, result))
