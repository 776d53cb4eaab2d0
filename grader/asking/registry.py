"""The manners in which questions are asked: a file for each kind in `kinds/`, found by its name."""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from grader.asking import kinds
from grader.asking.manner import Manner

if TYPE_CHECKING:
    from grader.questions.kind import QuestionKind


def asked_kinds() -> tuple[str, ...]:
    """Return the kinds that have a manner, importing none."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(kinds.__path__)))


@cache
def manner_of(kind: QuestionKind) -> Manner:
    """Return the manner in which a kind of question is asked; its file is imported then.

    Raises:
        TypeError: the file has no manner, or several.

    """
    module = import_module(f"{kinds.__name__}.{kind}")
    found = [
        one
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, Manner) and one.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} has {len(found)} manners, not one")
    manner: Manner = found[0]()
    return manner
