import numpy as np


def cross_entropy_error(d, y):
    d = np.asarray(d)
    if y.ndim == 1:
        y = y.reshape(1, y.size)
    n, k = y.shape
    if d.size != y.size:
        d = np.eye(k)[d.reshape(-1)]
    return np.mean(-d * np.log(y + 1e-7))
