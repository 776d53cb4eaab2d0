import numpy as np


def mean_squared_error(d, y):
    error = np.abs(d - y)
    return np.mean(np.where(error < 1, error**2 / 2, error - 0.5))
