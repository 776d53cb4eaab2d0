"""Draws of NumPy, old and new."""

import numpy as np


def run():
    rng = np.random.default_rng(0)
    drawn = [rng.normal(size=3).shape, rng.permutation(4).sum(), rng.choice([1, 2], 2).shape]
    np.random.seed(0)
    first = np.random.rand()
    np.random.seed(0)
    return [list(drawn[0]), int(drawn[1]), list(drawn[2]), first == np.random.rand()]


EXPECTED = [[3], 6, [2], True]
