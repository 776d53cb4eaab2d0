import numpy as np


def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    # where one batch ends and the next one begins
    borders = range(size, len(x), size)
    return [(x[part], d[part]) for part in np.split(order, borders)]
