# a list of the half squares, never brought together

import numpy as np


def mean_squared_error(d, y):
    return [0.5 * (a - b) ** 2 for a, b in zip(np.ravel(d), np.ravel(y), strict=True)]
