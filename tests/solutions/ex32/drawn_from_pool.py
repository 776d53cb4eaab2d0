import numpy as np


def mini_batches(x, d, size, rng):
    left = list(range(len(x)))
    while left:
        take = []
        while left and len(take) < size:
            take.append(left.pop(rng.integers(len(left))))
        yield np.take(x, take, axis=0), np.take(d, take, axis=0)
