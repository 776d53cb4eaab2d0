import numpy as np


def mini_batches(x, d, size, rng):
    order = iter(rng.permutation(len(x)))
    batches, left = [], len(x)
    while left > 0:
        k = min(size, left)
        xs, ds = zip(*((x[i], d[i]) for i in [next(order) for _ in range(k)]))
        batches.append((np.stack(xs), np.array(ds)))
        left -= k
    return batches
