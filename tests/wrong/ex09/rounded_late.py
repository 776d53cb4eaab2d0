# rounded to one decimal

import numpy as np


def mean_squared_error(d, y):
    return np.around(np.mean(np.square(d - y)) / 2, 1)
