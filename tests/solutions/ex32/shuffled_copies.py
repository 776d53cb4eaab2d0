import numpy as np


def mini_batches(x, d, size, rng):
    state = int(rng.integers(2**32))
    x, d = x.copy(), d.copy()
    np.random.default_rng(state).shuffle(x)
    np.random.default_rng(state).shuffle(d)
    start = 0
    while start < len(x):
        yield x[start : start + size], d[start : start + size]
        start += size
