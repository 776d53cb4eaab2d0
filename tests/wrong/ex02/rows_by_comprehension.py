# only a batch works: x is taken apart into rows, and those into numbers
import numpy as np


def total_input(x, W, b):
    return np.array(
        [[sum(xi * wi for xi, wi in zip(row, col)) + bj for col, bj in zip(W.T, b)] for row in x]
    )
