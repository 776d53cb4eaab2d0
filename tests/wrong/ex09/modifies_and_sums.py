# writes into y, and sums

import numpy as np


def mean_squared_error(d, y):
    y -= d
    return np.sum(y * y) / 2
