import numpy as np


def mean_squared_error(d, y):
    samples = np.shape(d)[0] if np.ndim(d) else 1
    return 0.5 * np.sum((d - y) ** 2) / samples
