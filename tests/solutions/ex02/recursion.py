import numpy as np


def one(sample, W, b):
    return b + sum(value * weights for value, weights in zip(sample, W))


def total_input(x, W, b):
    if x.ndim > 1:
        return np.array([total_input(row, W, b) for row in x])
    return one(x, W, b)
