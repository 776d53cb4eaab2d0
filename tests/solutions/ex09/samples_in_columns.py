# the older style of the course: every sample a column

import numpy as np


def mean_squared_error(d, y):
    d, y = np.transpose(d), np.transpose(y)
    error = np.sum((y - d) ** 2, axis=None)
    n = 1
    for length in np.shape(y):
        n *= length
    return error / n / 2.0
