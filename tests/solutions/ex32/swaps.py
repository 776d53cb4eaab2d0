import numpy as np


def mini_batches(x, d, size, rng):
    x, d = x.copy(), d.copy()
    for i in range(len(x) - 1, 0, -1):
        j = rng.integers(0, i + 1)
        x[[i, j]] = x[[j, i]]
        d[[i, j]] = d[[j, i]]
    out = [(x[s : s + size], d[s : s + size]) for s in range(0, len(x), size)]
    return out
