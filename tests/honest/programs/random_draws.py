"""Draws that can be repeated."""

import random


def run():
    rng = random.Random(3)
    first = [rng.random(), rng.choice("abc"), rng.sample(range(9), 3), rng.gauss(0, 1)]
    rng.seed(3)
    return first == [rng.random(), rng.choice("abc"), rng.sample(range(9), 3), rng.gauss(0, 1)]


EXPECTED = True
