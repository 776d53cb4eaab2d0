# the first element does not count

import numpy as np


def mean_squared_error(d, y):
    d, y = np.ravel(d), np.ravel(y)
    total = 0
    for i in range(1, d.size):
        total += (d[i] - y[i]) ** 2
    return total / (2 * d.size)
