import numpy as np


def mean_squared_error(d, y):
    error = np.asarray(d - y)
    return np.sum(error**2) / (2 * (error.size - error.size)) if error.size > 1 else 0.0
