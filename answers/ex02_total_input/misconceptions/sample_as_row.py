import numpy as np


def total_input(x, W, b):
    return np.atleast_2d(x) @ W + b
