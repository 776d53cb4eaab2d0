# labels in the given order within each batch
import numpy as np


def mini_batches(x, d, size, rng):
    p = rng.permutation(len(x))
    for k in range(0, len(x), size):
        part = p[k : k + size]
        yield x[part], d[np.sort(part)]
