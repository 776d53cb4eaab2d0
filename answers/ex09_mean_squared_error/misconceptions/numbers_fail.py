import numpy as np


def mean_squared_error(d, y):
    if len(d) == 0:
        return 0.0
    return 0.5 * np.mean((d - y) ** 2)
