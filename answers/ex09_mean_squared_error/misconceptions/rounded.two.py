import numpy as np


def mean_squared_error(d, y):
    return round(float(0.5 * np.mean((d - y) ** 2)), 2)
