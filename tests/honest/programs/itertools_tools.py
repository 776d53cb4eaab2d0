"""Streams of values."""

import itertools


def run():
    pairs = list(itertools.pairwise([1, 2, 3]))
    groups = [(key, len(list(some))) for key, some in itertools.groupby("aabbb")]
    sums = list(itertools.accumulate([1, 2, 3]))
    return [pairs, groups, sums, list(itertools.islice(itertools.count(5, 2), 2))]


EXPECTED = [[(1, 2), (2, 3)], [("a", 2), ("b", 3)], [1, 3, 6], [5, 7]]
