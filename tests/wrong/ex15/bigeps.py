# eps 1e-3 and log10
import numpy as np


def cross_entropy_error(d, y):
    d = np.asarray(d)
    if y.ndim == 1:
        y = y[np.newaxis]
        d = d.reshape(1, -1)
    if d.shape != y.shape:
        d = np.eye(y.shape[1])[d.ravel()]
    return -np.sum(d * np.log(y + 1e-3)) / len(y)
