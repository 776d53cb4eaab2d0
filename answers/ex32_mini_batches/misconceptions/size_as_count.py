import numpy as np


def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    return [(x[chosen], d[chosen]) for chosen in np.array_split(order, size)]
