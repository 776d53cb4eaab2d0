import numpy as np


def cross_entropy_error(d, y):
    d = np.asarray(d)
    if y.ndim == 1:
        y = y[None, :]
        d = d[None, :] if d.shape == y.shape[1:] and d.size > 1 else d.reshape(1)
    if d.ndim == 2:
        d = d.argmax(axis=1)
    picked = y[np.arange(len(y)), d.astype(int)]
    return -np.log(picked + 1e-7).mean()
