import numpy as np


def total_input(x, W, b):
    return np.where(x @ W + b > 0, 1, 0)
