import numpy as np


def mean_squared_error(d, y):
    y -= d
    return 0.5 * np.mean(y**2)
