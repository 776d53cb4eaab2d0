"""Pairs of answers that share more than their exercise forces, found by runs of tokens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from grader.similarity.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.similarity.tokens import Token

Run = tuple[str, ...]
LENGTH = 12
"""Tokens of a run: shorter ones are shared by chance, longer ones miss what was changed."""
LEAST_OWN = 12
"""Runs of its own that an answer must have for anything to be said about it."""
LEAST_SHARED = 12
"""Runs that two answers must share."""
LEAST_SHARE = 0.6
"""Part of the own runs of the shorter answer that two must share."""
COMMON = 4
"""Answers that have a run in common from which on it is common, in a class of any size."""
COMMON_SHARE = 0.25
"""Part of a class that has a run in common from which on it is common."""


@dataclass(frozen=True)
class Pair:
    """Two answers that are alike: the part of the shorter one's own runs that both have.

    ``lines``: for each of the two the lines that both have, from 1.
    """

    first: str
    second: str
    share: float
    shared: int
    lines: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Found:
    """What came of a comparison: pairs, the most alike first, and answers too short for any."""

    pairs: tuple[Pair, ...]
    too_short: tuple[str, ...]


def compare(answers: Mapping[str, str], forced: Iterable[str]) -> Found:
    """Compare answers with each other, given sources that the exercise has itself.

    What is in one of those, or in many answers, is not counted for any pair.
    """
    tokens = {name: tokens_of(source) for name, source in answers.items()}
    runs = {name: _runs(one) for name, one in tokens.items()}
    known = {run for source in forced for run in _runs(tokens_of(source))}
    known |= _common(runs)
    own = {name: {run for run in one if run not in known} for name, one in runs.items()}
    enough = [name for name, one in own.items() if len(one) >= LEAST_OWN]
    pairs = [
        pair
        for first, second in combinations(enough, 2)
        if (pair := _pair(first, second, own, runs)) is not None
    ]
    pairs.sort(key=lambda pair: (-pair.share, -pair.shared, pair.first, pair.second))
    return Found(tuple(pairs), tuple(name for name in answers if name not in enough))


def _pair(
    first: str,
    second: str,
    own: Mapping[str, set[Run]],
    runs: Mapping[str, Mapping[Run, Sequence[int]]],
) -> Pair | None:
    shared = own[first] & own[second]
    share = len(shared) / min(len(own[first]), len(own[second]))
    if len(shared) < LEAST_SHARED or share < LEAST_SHARE:
        return None
    lines = [
        tuple(sorted({at for run in shared for at in runs[one][run]})) for one in (first, second)
    ]
    return Pair(first, second, share, len(shared), (lines[0], lines[1]))


def _runs(tokens: Sequence[Token]) -> dict[Run, list[int]]:
    """Return the runs of tokens, each with the lines that it covers."""
    found: dict[Run, list[int]] = {}
    for at in range(len(tokens) - LENGTH + 1):
        part = tokens[at : at + LENGTH]
        lines = found.setdefault(tuple(token.text for token in part), [])
        lines += {token.line for token in part}
    return found


def _common(runs: Mapping[str, Mapping[Run, object]]) -> set[Run]:
    """Return the runs that so many answers have that they say nothing about two of them."""
    counted = Counter(run for one in runs.values() for run in one)
    least = max(COMMON, COMMON_SHARE * len(runs))
    return {run for run, n in counted.items() if n >= least}


def spans(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each block of lines; blank ones may be between."""
    block: list[int] = []
    for line in lines:
        if block and line > block[-1] + 2:
            yield block[0], block[-1]
            block = []
        block.append(line)
    if block:
        yield block[0], block[-1]
