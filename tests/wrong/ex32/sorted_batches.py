# the chosen numbers are sorted over the whole epoch
import numpy as np


def mini_batches(x, d, size, rng):
    p = np.sort(rng.choice(len(x), len(x), replace=False))
    return [(x[p[k : k + size]], d[p[k : k + size]]) for k in range(0, len(x), size)]
