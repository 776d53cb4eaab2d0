import numpy as np


def _flat(a):
    return np.atleast_1d(np.array(a, dtype=np.float64)).flatten()


def mean_squared_error(d, y):
    err = _flat(d)
    err -= _flat(y)
    return float(np.dot(err, err) / err.size * 0.5)
