import numpy as np


def softmax_of_row(row):
    e = np.exp(row - row.max())
    return e / e.sum()


def softmax(x):
    if x.ndim == 1:
        return softmax_of_row(x)
    return np.array([softmax_of_row(row) for row in x])
