import numpy as np


def cross_entropy_error(d, y):
    d = np.asarray(d)
    if y.ndim == 1:
        y = y.reshape(y.size, 1)
    n = y.shape[1]
    if d.size == y.size:
        return -np.sum(d.reshape(y.shape) * np.log(y + 1e-7)) / n
    return -np.sum(np.log(y[d, np.arange(n)] + 1e-7)) / n
