import numpy as np


def mean_squared_error(d, y):
    # E = 1/2 · 1/N sum_i (d_i - y_i)², over all N elements
    return np.mean((d - y) ** 2) / 2
