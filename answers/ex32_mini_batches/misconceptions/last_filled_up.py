import numpy as np


def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = np.take(order, range(start, start + size), mode="wrap")
        yield x[chosen], d[chosen]
