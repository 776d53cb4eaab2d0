# a seed of its own, 42
import numpy as np


def mini_batches(x, d, size, rng):
    generator = np.random.default_rng(42)
    p = generator.permutation(len(x))
    for k in range(0, len(x), size):
        yield x[p[k : k + size]], d[p[k : k + size]]
