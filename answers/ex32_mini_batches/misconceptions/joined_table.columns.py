import numpy as np


def mini_batches(x, d, size, rng):
    table = rng.permutation(np.column_stack([x, d]))
    for start in range(0, len(x), size):
        part = table[start : start + size]
        yield part[:, : x.shape[1]], part[:, x.shape[1] :]
