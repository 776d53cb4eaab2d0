import numpy as np


def total_input(x, W, b):
    return np.sum(x.reshape(-1, 1) * W, axis=0) + b
