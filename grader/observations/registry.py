"""The registry of the general observations, which are found in the files of `general/`.

Incomplete ones are refused on import: each file has exactly one observation, with an id and a rank
of its own.
"""

from __future__ import annotations

import inspect
import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from grader.observations import general
from grader.observations.observation import GeneralObservation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

PREFIXES = ("observation.", "transform.")
"""Prefixes of the ids of general observations."""


@cache
def general_observations() -> tuple[GeneralObservation, ...]:
    """Return all general observations, sorted by rank.

    Raises:
        TypeError: an observation is incomplete, or two have the same id or rank.

    """
    names = [f"{general.__name__}.{file.name}" for file in pkgutil.iter_modules(general.__path__)]
    found = [_observation_of(import_module(name)) for name in names]
    _refuse_twins([one.id for one in found])
    _refuse_twins([one.rank for one in found])
    return tuple(sorted(found, key=lambda one: one.rank))


@cache
def observation_of(id_: str) -> GeneralObservation | None:
    """Return the general observation of that id, None if there is none."""
    if not id_.startswith(PREFIXES):
        return None
    return next((one for one in general_observations() if one.id == id_), None)


def _observation_of(module: ModuleType) -> GeneralObservation:
    """Return the observation of a file."""
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, GeneralObservation)
        and value.__module__ == module.__name__
        and not inspect.isabstract(value)
    ]
    if len(classes) != 1:
        raise TypeError(f"{module.__name__}: one observation is wanted, not {len(classes)}")
    made = classes[0]()
    for name in ("id", "rank", "message"):
        if not getattr(made, name, None):
            raise TypeError(f"{module.__name__}: the observation has no {name}")
    if not made.id.startswith(PREFIXES):
        raise TypeError(f"{module.__name__}: the id begins with none of {PREFIXES}")
    return made


def _refuse_twins(values: Sequence[object]) -> None:
    twins = sorted({str(value) for value in values if values.count(value) > 1})
    if twins:
        raise TypeError(f"several observations have {', '.join(twins)}")
