"""The formats that are known: a module of ``formats`` each, found by its name."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

from grader.export import formats
from grader.export.format import ExerciseFormat, ReportFormat


def format_names() -> tuple[str, ...]:
    """Return the names of the formats, importing none of them."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def format_of(name: str) -> ExerciseFormat | ReportFormat:
    """Return the format of that name; it is imported where it is asked for.

    Raises:
        TypeError: its module has no class of a format, or several.

    """
    module = import_module(f"{formats.__name__}.{name}")
    found = [
        one
        for one in vars(module).values()
        if inspect.isclass(one)
        and issubclass(one, (ExerciseFormat, ReportFormat))
        and one.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} has {len(found)} formats, not one")
    made: ExerciseFormat | ReportFormat = found[0]()
    return made
