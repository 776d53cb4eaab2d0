import numpy as np


def mean_squared_error(d, y):
    error = d - y
    return np.mean(error**2) / 2, error
