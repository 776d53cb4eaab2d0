"""What a general observation is, and how much must speak for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from grader.judge.feedback.observations.arrays import Pair, close, distinct

if TYPE_CHECKING:
    from grader.judge.failures import ArgumentValue
    from grader.judge.feedback.observations.arrays import Array

NUMBERS = 4
"""So many independent numbers that agree are no coincidence."""


@dataclass(frozen=True)
class Support:
    """What one result says for a fact.

    ``numbers`` counts the independent numbers that fit; ``args`` fill the sentence; ``size`` is
    what must differ between results, where a fact asks for that (None: says nothing).
    """

    numbers: int
    args: Mapping[str, float] = field(default_factory=dict)
    size: Hashable = None


@dataclass(frozen=True)
class Fact:
    """A general observation: its message, what it is true of, and what must support it.

    ``of`` returns None where the fact is not true of a result. In all that fails there must be so
    many ``numbers``, ``results`` and different ``sizes`` for it.
    """

    id: str
    of: Callable[[Pair], Support | None]
    numbers: int = NUMBERS
    results: int = 1
    sizes: int = 0
    tell: Callable[[Mapping[str, float]], Mapping[str, ArgumentValue]] = dict


def mapped(id_: str, function: Callable[[Array], Array], numbers: int = NUMBERS) -> Fact:
    """Return the fact that each value is a function of the right one."""

    def of(pair: Pair) -> Support | None:
        if not pair.alike:
            return None
        image = function(pair.right)
        if not np.isfinite(image).all() or not close(pair.got, image):
            return None
        return Support(min(pair.numbers, distinct(image)))

    return Fact(id_, of, numbers)


def rounded(args: Mapping[str, float]) -> Mapping[str, ArgumentValue]:
    """Return arguments with the digits that a sentence has room for."""
    return {name: float(f"{value:.4g}") for name, value in args.items()}
