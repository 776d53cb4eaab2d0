import numpy as np


def mean_squared_error(d, y):
    error = np.ravel(d) - np.ravel(y)
    # a vector times itself: e_1 e_1 + e_2 e_2 + ...
    return error @ error / (2 * error.size)
