import numpy as np


def mini_batches(x, d, size, rng):
    p = np.arange(len(x))
    i, j = rng.integers(len(x), size=2)
    p[i], p[j] = p[j], p[i]
    for i in range(0, len(x), size):
        yield x[p[i : i + size]], d[p[i : i + size]]
