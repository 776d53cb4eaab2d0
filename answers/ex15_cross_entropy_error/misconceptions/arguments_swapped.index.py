import numpy as np


def cross_entropy_error(y, d):
    if y.ndim == 1:
        d = d.reshape(1, d.size)
        y = y.reshape(1, y.size)
    n = y.shape[0]
    return -np.sum(np.log(y[np.arange(n), d] + 1e-7)) / n
