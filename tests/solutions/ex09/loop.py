import numpy as np


def mean_squared_error(d, y):
    d, y = np.asarray(d), np.asarray(y)
    total = 0.0
    for a, b in zip(d.flat, y.flat):
        total += (float(a) - float(b)) ** 2
    return total / d.size / 2
