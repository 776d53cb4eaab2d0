"""Figures of a sample."""

import statistics


def run():
    data = [1, 2, 2, 5]
    return [statistics.mean(data), statistics.median(data), statistics.mode(data)]


EXPECTED = [2.5, 2.0, 2]
