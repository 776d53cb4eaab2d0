import numpy as np


def mean_squared_error(d, y):
    diff = np.asarray(d, dtype=float) - np.asarray(y, dtype=float)
    return 0.5 * np.linalg.norm(diff.ravel()) ** 2 / diff.size
