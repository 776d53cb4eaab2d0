import numpy as np


def total_input(x, W, b):
    return np.dot(x, W.T) + b
