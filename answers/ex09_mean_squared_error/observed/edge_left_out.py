import numpy as np


def mean_squared_error(d, y):
    squares = (np.ravel(d) - np.ravel(y)) ** 2
    total = squares[0]
    for i in range(1, squares.size - 1):
        total += squares[i]
    return total / (2 * squares.size)
