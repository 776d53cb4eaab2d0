import numpy as np


def mean_squared_error(d, y):
    total = np.sum((d - y) ** 2)
    count = d.shape[0]
    for length in d.shape[1:]:
        count *= length
    return 0.5 * total / count
