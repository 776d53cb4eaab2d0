import numpy as np


def mean_squared_error(d, y):
    squares = np.asarray(d - y) ** 2
    return np.sum(squares) / 2 / (squares.shape[-1] if squares.ndim else 1)
