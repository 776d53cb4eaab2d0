import numpy as np


def mean_squared_error(d, y):
    return 0.5 * np.mean((d - y) ** 2, axis=1)
