import numpy as np


def cross_entropy_error(d, y):
    d, y = np.asarray(d), np.asarray(y)
    if y.ndim == 1:
        d, y = d.reshape(1, -1), y.reshape(1, -1)
    total = 0
    for i in range(y.shape[0]):
        for k in range(y.shape[1]):
            if d[i][k] == 1:
                total -= np.log(y[i][k] + 1e-7)
    return total / len(y)
