import numpy as np


def mean_squared_error(d, y):
    error = d - y
    return error * np.abs(error) / 2
