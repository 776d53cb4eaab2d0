import numpy as np


def one_hot(d, k):
    return np.eye(k)[np.asarray(d, dtype=int).reshape(-1)]


def cross_entropy_error(d, y):
    y = np.asarray(y)
    if y.ndim == 1:
        y = y[None, :]
    t = np.asarray(d)
    t = t.reshape(y.shape) if t.size == y.size else one_hot(t, y.shape[1])
    logs = np.log(np.clip(y, np.finfo(np.float32).eps, None))
    return -(t * logs).sum(axis=1).mean()
