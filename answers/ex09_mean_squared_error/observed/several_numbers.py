import numpy as np


def mean_squared_error(d, y):
    error = np.atleast_1d(d - y)
    return np.sqrt(np.sum(error**2, axis=0)) / 2
