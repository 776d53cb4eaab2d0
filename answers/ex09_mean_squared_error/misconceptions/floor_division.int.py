import numpy as np


def mean_squared_error(d, y):
    return int(np.mean((d - y) ** 2) / 2)
