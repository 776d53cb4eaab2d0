import numpy as np


def cross_entropy_error(d, y):
    if y.ndim == 1:
        y = y.reshape(1, y.size)
    n = y.shape[0]
    label = np.argmax(y, axis=1)
    return -np.sum(np.log(y[np.arange(n), label] + 1e-7)) / n
