import numpy as np


def total_input(x, W, b):
    return np.arctan(x @ W + b)
