import numpy as np


def cross_entropy_error(d, y):
    d, y = np.asarray(d), np.asarray(y)
    y = y.reshape(-1, y.shape[-1])
    if d.size == y.size:
        d = np.argmax(d.reshape(y.shape), axis=0)
    return -np.mean(np.log(y[np.arange(len(y)), d.reshape(-1)] + 1e-7))
