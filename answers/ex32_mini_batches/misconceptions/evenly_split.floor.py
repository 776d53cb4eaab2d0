import numpy as np


def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    count = max(len(x) // size, 1)
    return [(x[chosen], d[chosen]) for chosen in np.array_split(order, count)]
