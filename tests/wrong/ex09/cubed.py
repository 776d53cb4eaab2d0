# the third power of the absolute error

import numpy as np


def mean_squared_error(d, y):
    return np.mean(np.abs(d - y) ** 3) / 2
