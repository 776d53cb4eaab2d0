# samples that were drawn twice are left out
import numpy as np


def mini_batches(x, d, size, rng):
    p = np.unique(rng.integers(len(x), size=len(x)))
    p = rng.permutation(p)
    for k in range(0, len(x), size):
        yield x[p[k : k + size]], d[p[k : k + size]]
