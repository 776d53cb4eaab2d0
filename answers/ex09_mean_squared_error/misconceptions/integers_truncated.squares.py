import numpy as np


def mean_squared_error(d, y):
    squares = np.empty_like(d)
    squares[...] = (d - y) ** 2
    return 0.5 * np.mean(squares)
