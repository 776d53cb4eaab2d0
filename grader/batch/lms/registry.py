"""The learning systems that are known: a module each, found by its name in a package."""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from grader.batch.lms import downloads, exports, feedback
from grader.batch.lms.download import Download
from grader.batch.lms.export import Export
from grader.batch.lms.feedback_archive import FeedbackArchive
from grader.batch.models import TREES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

Format = TypeVar("Format")


def layout_names() -> tuple[str, ...]:
    """Return the choices of ``--layout``: the systems, then the trees that are no system's."""
    return (*format_names(downloads), *TREES)


@cache
def systems() -> Mapping[str, Download]:
    """Return the systems whose downloads are known by name, in the order of their ranks."""
    found = {name: _download(name) for name in format_names(downloads)}
    return dict(sorted(found.items(), key=lambda one: (one[1].rank, one[0])))


def export_names() -> tuple[str, ...]:
    """Return the choices of ``--format``."""
    return format_names(exports)


def export_of(name: str) -> type[Export]:
    """Return the format of that name; it is imported where it is asked for."""
    return format_class(exports, name, Export)  # type: ignore[type-abstract]


def feedback_of(name: str) -> type[FeedbackArchive] | None:
    """Return how the system of that name takes files of feedback; None: it takes none."""
    if name not in format_names(feedback):
        return None
    return format_class(feedback, name, FeedbackArchive)  # type: ignore[type-abstract]


def _download(name: str) -> Download:
    return format_class(downloads, name, Download)()  # type: ignore[type-abstract]


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
