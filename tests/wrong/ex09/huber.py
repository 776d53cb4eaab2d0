# linear where an error is above 1

import numpy as np


def mean_squared_error(d, y):
    e = np.abs(np.asarray(d) - y)
    return np.mean(np.where(e > 1, e - 0.5, 0.5 * e**2))
