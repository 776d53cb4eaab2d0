import numpy as np


def mean_squared_error(d, y):
    error = np.zeros_like(d)
    error[...] = d - y
    return 0.5 * np.mean(error**2)
