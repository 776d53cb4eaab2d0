import numpy as np


def mini_batches(x, d, size, rng):
    order = np.random.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
