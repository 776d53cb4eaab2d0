# a small number is added to the squares

import numpy as np


def mean_squared_error(d, y):
    return np.mean((d - y) ** 2 + 1e-3) / 2
