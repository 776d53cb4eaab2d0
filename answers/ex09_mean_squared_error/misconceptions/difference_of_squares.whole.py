import numpy as np


def mean_squared_error(d, y):
    return np.mean(d**2 - y**2)
