import numpy as np


def mean_squared_error(d, y):
    d_flat = np.ravel(d)
    y_flat = np.ravel(y)
    total = 0.0
    for i in range(len(d_flat)):
        diff = float(d_flat[i]) - float(y_flat[i])
        total = total + diff * diff
    return total / (2 * len(d_flat))
