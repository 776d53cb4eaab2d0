# the function ends in the first pass of the loop

import numpy as np


def mean_squared_error(d, y):
    total = 0.0
    for a, b in zip(np.ravel(d), np.ravel(y), strict=True):
        total += (a - b) ** 2
        return total / 2
    return total
