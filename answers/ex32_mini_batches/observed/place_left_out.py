import numpy as np


def mini_batches(x, d, size, rng):
    p = np.arange(len(x))
    for i in range(len(x) - 1, 0, -1):
        j = rng.integers(0, i)
        p[i], p[j] = p[j], p[i]
    for i in range(0, len(x), size):
        yield x[p[i : i + size]], d[p[i : i + size]]
