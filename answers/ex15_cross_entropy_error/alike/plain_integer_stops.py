import numpy as np


def cross_entropy_error(d, y):
    if y.ndim == 1:
        label = d if d.ndim == 0 else d.argmax() if d.size == y.size else d[0]
        return np.log(y[label] + 1e-7)
    if d.size == y.size:
        d = d.argmax(axis=1)
    return -np.mean(np.log(y[np.arange(len(y)), d.reshape(-1)] + 1e-7))
