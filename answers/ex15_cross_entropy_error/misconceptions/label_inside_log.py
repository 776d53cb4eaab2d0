import numpy as np


def cross_entropy_error(d, y):
    d, y = np.asarray(d), np.asarray(y)
    y = y.reshape(-1, y.shape[-1])
    if d.size != y.size:
        d = np.eye(y.shape[-1])[d.reshape(-1)]
    return -np.sum(np.log(d.reshape(y.shape) * y + 1e-7)) / len(y)
