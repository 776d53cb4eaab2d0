"""The choice among the general observations for the wrong calls of the checks.

A fact is reported for a check if it is true of every wrong result there. Its evidence is counted
over all checks of which it is true: a few numbers fit anything, so there must be enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from grader.judge.failures import Finding
from grader.judge.feedback.observations.arrays import pairs
from grader.observations.registry import general_observations

if TYPE_CHECKING:
    from grader.judge.feedback.observations.own import Wrong
    from grader.observations.arrays import Pair
    from grader.observations.observation import GeneralObservation, Support

AGREE = 1e-4


def observed(wrongs: Mapping[str, Sequence[Wrong]]) -> dict[str, tuple[Finding, ...]]:
    """Return the observations by check. ``wrongs`` holds the wrong calls of each check.

    In a result with keys the fact may be about some parts only, which are then named.
    """
    with np.errstate(all="ignore"):
        found = {check: _results(calls) for check, calls in wrongs.items()}
        usable = {check: results for check, results in found.items() if results}
        true = [_true(fact, usable) for fact in general_observations()]
    findings = {}
    for check, results in usable.items():
        fit = [(len(where), -place) for place, where in enumerate(true) if check in where]
        if fit:
            fact = true[-max(fit)[1]][check]
            findings[check] = (fact, *_where(results))
    return findings


def _results(calls: Sequence[Wrong]) -> list[list[Pair]]:
    """Return the arrays of each call; none if anything is not a finite number."""
    results = [pairs(one.call, one.got, one.right) for one in calls]
    if all(parts and all(part.usable for part in parts) for parts in results):
        return [parts for parts in results if any(part.wrong for part in parts)]
    return []


def _names(results: Sequence[Sequence[Pair]]) -> list[str]:
    """Return the keys of the wrong parts, if they are the same in all results."""
    found = [dict.fromkeys(part.name for part in parts if part.wrong) for parts in results]
    named = all(part.name for parts in results for part in parts)
    return list(found[0]) if named and all(one == found[0] for one in found) else []


def _where(results: Sequence[Sequence[Pair]]) -> Iterator[Finding]:
    names = _names(results)
    if names and any(part.name not in names for part in results[0]):
        yield Finding("observation.parts", {"names": ", ".join(names)})


def _true(
    fact: GeneralObservation, usable: Mapping[str, Sequence[Sequence[Pair]]]
) -> dict[str, Finding]:
    """Return the fact for the checks of which it is true, where enough speaks for it."""
    supports = {}
    for check, results in usable.items():
        if support := _of_check(fact, results):
            supports[check] = support
    told: dict[str, Finding] = {}
    for check, mine in supports.items():
        agreeing = [one for other in supports.values() if _agree(mine, other) for one in other]
        if _enough(fact, agreeing):
            told[check] = Finding(fact.id, fact.message_args(mine[0].args))
    return told


def _of_check(fact: GeneralObservation, results: Sequence[Sequence[Pair]]) -> list[Support]:
    """Return the support of each result for a fact; none if it is not true of one of them.

    A right part is no evidence against it, unless the wrong ones are named.
    """
    names = _names(results)
    supports: list[Support] = []
    every: list[Support] = []
    for part in (part for parts in results for part in parts):
        if names and part.name not in names:
            continue
        support = fact.of(part)
        if support is None:
            return []
        every.append(support)
        if part.wrong:
            supports.append(support)
    return supports if _agree(supports, every) else []


def _agree(one: Sequence[Support], other: Sequence[Support]) -> bool:
    """Return True if all arguments are equal up to rounding."""
    first = one[0].args
    return all(
        math.isclose(first[name], support.args[name], rel_tol=AGREE, abs_tol=1e-12)
        for support in other
        for name in first
    )


def _enough(fact: GeneralObservation, supports: Sequence[Support]) -> bool:
    sizes = {support.size for support in supports} - {None}
    numbers = sum(support.numbers for support in supports)
    return numbers >= fact.numbers and len(supports) >= fact.results and len(sizes) >= fact.sizes
