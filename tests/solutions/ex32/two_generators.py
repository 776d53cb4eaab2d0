import numpy as np


def mini_batches(x, d, size, rng):
    seed = rng.integers(2**32)
    xs = np.random.default_rng(seed).permutation(x)
    ds = np.random.default_rng(seed).permutation(d)
    for i in range(0, len(x), size):
        yield xs[i : i + size], ds[i : i + size]
