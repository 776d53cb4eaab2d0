import numpy as np


def mean_squared_error(d, y):
    d = np.asarray(d, np.float64)
    y = np.asarray(y, np.float64)
    return np.array(np.var(d - y) + np.mean(d - y) ** 2) / 2
