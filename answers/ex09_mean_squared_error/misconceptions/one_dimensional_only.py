import numpy as np


def mean_squared_error(d, y):
    total = 0.0
    for a, b in zip(np.atleast_1d(d), np.atleast_1d(y)):
        total += float(a - b) ** 2
    return 0.5 * total / np.size(d)
