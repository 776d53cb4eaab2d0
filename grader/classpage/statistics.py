"""Statistics of the items of a test: how hard they are, and how well they tell students apart.

An item is an exercise among exercises, or a check among the checks of one exercise. Its score is
the share of its points that a student reached.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FEW = 30
"""With fewer students the statistics of items are too uncertain to act upon alone."""
_LEAST = 3
_QUANTILE = 1.959964
"""Of the normal distribution, for an interval that covers 95 %."""


@dataclass(frozen=True)
class Item:
    """The statistics of one item.

    ``students``: how many have a score. ``passed``: the share of them with all of its points.
    ``facility``: the mean score, from 0 (hard) to 1 (easy). ``discrimination``: from −1 to 1, None
    where it has no value; ``low`` and ``high``: its interval of confidence, if there is one.
    """

    students: int
    passed: float
    facility: float
    discrimination: float | None = None
    low: float | None = None
    high: float | None = None


def item(name: str, scores: Mapping[str, Mapping[str, float]], worth: Mapping[str, float]) -> Item:
    """Return the statistics of an item; ``scores``: by student and item, ``worth``: points of each.

    Facility is the mean of the scores x of the n students who have one, x̄ = Σx / n: the "item
    difficulty" p of Crocker and Algina, Introduction to Classical and Modern Test Theory (1986),
    chapter 14. Discrimination is the corrected item-total correlation of that chapter, Pearson's
    r between x and the rest y, the mean score of the student's other items by their points:

        r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² · Σ(y − ȳ)²)

    over the students who have both. It has no value with fewer than three of them, nor where all x
    or all y are equal. The interval is Fisher's: tanh(artanh r ± 1.96 / √(n − 3)).

    Raises:
        ValueError: no student has a score for it.

    """
    own = [of[name] for of in scores.values() if name in of]
    if not own:
        raise ValueError(name)
    facility = math.fsum(own) / len(own)
    passed = sum(score >= 1 for score in own) / len(own)
    pairs = []
    for of in scores.values():
        others = [(worth[other], score) for other, score in of.items() if other != name]
        weight = math.fsum(points for points, _ in others)
        if name in of and weight:
            rest = math.fsum(points * score for points, score in others) / weight
            pairs.append((of[name], rest))
    r = correlation(pairs)
    low, high = interval(r, len(pairs))
    return Item(len(own), passed, facility, r, low, high)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation of pairs; None: too few of them, or one side does not vary."""
    if len(pairs) < _LEAST:
        return None
    mean_x, mean_y = (math.fsum(side) / len(pairs) for side in zip(*pairs, strict=True))
    xs, ys = [x - mean_x for x, _ in pairs], [y - mean_y for _, y in pairs]
    spread = math.sqrt(math.fsum(x * x for x in xs) * math.fsum(y * y for y in ys))
    if len({x for x, _ in pairs}) == 1 or len({y for _, y in pairs}) == 1 or not spread:
        return None
    r = math.fsum(x * y for x, y in zip(xs, ys, strict=True)) / spread
    return max(-1.0, min(1.0, r))


def interval(r: float | None, n: int) -> tuple[float | None, float | None]:
    """Return Fisher's interval of confidence (95 %) of a correlation over n pairs, if any."""
    if r is None or n <= _LEAST or abs(r) >= 1:
        return None, None
    middle, reach = math.atanh(r), _QUANTILE / math.sqrt(n - _LEAST)
    return math.tanh(middle - reach), math.tanh(middle + reach)
