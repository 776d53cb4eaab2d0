import numpy as np


def cross_entropy_error(d, y):
    if y.ndim == 1:
        d = np.reshape(d, (1, -1))
        y = np.reshape(y, (1, -1))
    if d.shape == y.shape:
        d = np.argmax(d, axis=1)
    rows = np.arange(y.shape[0])
    chosen = y[rows, np.ravel(d)]
    losses = -np.log(chosen + 1e-7)
    return np.mean(losses)
