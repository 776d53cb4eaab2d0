import numpy as np


def cross_entropy_error(d, y):
    n = y.shape[0]
    if np.ndim(d) == 2:
        d = np.argmax(d, axis=1)
    return -np.sum(np.log(y[np.arange(n), d] + 1e-7)) / n
