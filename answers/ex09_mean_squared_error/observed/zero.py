import numpy as np


def mean_squared_error(d, y):
    return np.sum((d - y) ** 2) * (1 // 2) / np.size(d)
