import numpy as np


def mean_squared_error(d, y):
    return np.sum(np.abs(d - y)) / 2
