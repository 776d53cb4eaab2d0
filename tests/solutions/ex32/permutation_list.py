import numpy as np


def mini_batches(x, d, size, rng):
    n = x.shape[0]
    idx = rng.permutation(n)
    return [(x[idx[i : i + size]], d[idx[i : i + size]]) for i in range(0, n, size)]
