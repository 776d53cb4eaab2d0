import numpy as np


def mini_batches(x, d, size, rng):
    starts = rng.permutation(np.arange(0, len(x), size))
    for start in starts:
        yield x[start : start + size], d[start : start + size]
