import numpy as np


def mini_batches(x, d, size, rng):
    p = np.arange(len(x))
    rng.shuffle(p[1:])
    for i in range(0, len(x), size):
        yield x[p[i : i + size]], d[p[i : i + size]]
