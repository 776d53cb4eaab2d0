import numpy as np


def mean_squared_error(d, y):
    # E = 1/2 · mean of (d - y)², over every element: without an axis the mean takes them all,
    # and the 1/2 cancels the 2 that the square leaves in the derivative
    return np.mean((d - y) ** 2) / 2
