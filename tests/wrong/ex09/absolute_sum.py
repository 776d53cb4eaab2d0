# the sum of the absolute errors

import numpy as np


def mean_squared_error(d, y):
    return np.sum(abs(d - y))
