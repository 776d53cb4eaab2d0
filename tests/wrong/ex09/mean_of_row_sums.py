# divided by the rows alone, spelt with a mean of sums

import numpy as np


def mean_squared_error(d, y):
    squares = np.square(np.atleast_2d(d) - np.atleast_2d(y))
    return 0.5 * squares.sum(axis=1).mean()
