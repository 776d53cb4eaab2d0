# everything becomes float64
import numpy as np


def mini_batches(x, d, size, rng):
    x, d = np.asarray(x, dtype=float), np.asarray(d, dtype=float)
    p = rng.permutation(len(x))
    for k in range(0, len(x), size):
        yield x[p[k : k + size]], d[p[k : k + size]]
