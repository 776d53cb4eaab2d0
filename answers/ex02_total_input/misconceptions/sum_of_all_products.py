import numpy as np


def total_input(x, W, b):
    return np.sum(x * W) + b
