import numpy as np


def mean_squared_error(d, y):
    return np.mean((0.5 * (d - y)) ** 2)
