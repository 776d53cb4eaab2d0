"""Formats of learning systems: a module each, found by its name in a package."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from types import ModuleType

Format = TypeVar("Format")


def format_names(package: ModuleType) -> tuple[str, ...]:
    """Return the names of the formats of a package, importing none of them."""
    found = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def format_class(package: ModuleType, name: str, base: type[Format]) -> type[Format]:
    """Return the class of a format: the one of its module that is a ``base``.

    Raises:
        TypeError: the module has none, or several.

    """
    module = import_module(f"{package.__name__}.{name}")
    found = [
        one
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, base) and one.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} has {len(found)} classes of {base.__name__}, not one")
    return found[0]
