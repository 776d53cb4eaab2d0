"""General observations, and the evidence that they require."""

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
"""Independent numbers whose agreement is no coincidence."""


@dataclass(frozen=True)
class Support:
    """The evidence of one result for a fact.

    ``numbers`` counts the independent numbers that fit; ``args`` fill the sentence; ``size`` is
    what must differ between results, if a fact requires that (None: no evidence).
    """

    numbers: int
    args: Mapping[str, float] = field(default_factory=dict)
    size: Hashable = None


@dataclass(frozen=True)
class Fact:
    """A general observation: its message, its condition, and the evidence that it requires.

    ``of`` returns None if the fact is not true of a result. All failures together must have that
    many ``numbers``, ``results`` and different ``sizes``.
    """

    id: str
    of: Callable[[Pair], Support | None]
    numbers: int = NUMBERS
    results: int = 1
    sizes: int = 0
    tell: Callable[[Mapping[str, float]], Mapping[str, ArgumentValue]] = dict


def mapped(id_: str, function: Callable[[Array], Array], numbers: int = NUMBERS) -> Fact:
    """Return the fact that each value is the same function of the right one."""

    def of(pair: Pair) -> Support | None:
        if not pair.alike:
            return None
        image = function(pair.right)
        if not np.isfinite(image).all() or not close(pair.got, image):
            return None
        return Support(min(pair.numbers, distinct(image)))

    return Fact(id_, of, numbers)


def rounded(args: Mapping[str, float]) -> Mapping[str, ArgumentValue]:
    """Return arguments rounded to the digits of a sentence."""
    return {name: float(f"{value:.4g}") for name, value in args.items()}
