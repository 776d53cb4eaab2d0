import numpy as np


def cross_entropy_error(d, y):
    d, y = np.asarray(d), np.asarray(y)
    y = y.reshape(-1, y.shape[-1])
    if d.size == y.size:
        return -np.mean(d.reshape(y.shape) * np.log(y + 1e-7))
    return -np.mean(np.log(y[np.arange(len(y)), d.reshape(-1)] + 1e-7))
