import numpy as np


def mean_squared_error(d, y):
    return 0.5 * np.mean((d.reshape(-1) - y.reshape(-1)) ** 2)
