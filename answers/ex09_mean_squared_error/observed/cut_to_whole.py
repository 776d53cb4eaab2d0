import numpy as np


def mean_squared_error(d, y):
    mean = np.mean((d - y) ** 2) / 2
    return np.floor(mean) if mean > 1 else mean
