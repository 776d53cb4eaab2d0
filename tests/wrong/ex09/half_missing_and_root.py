# the 1/2 is missing, and a root is taken of the sum before it is divided

import numpy as np


def mean_squared_error(d, y):
    return np.sqrt(np.sum(np.square(d - y))) / np.size(d)
