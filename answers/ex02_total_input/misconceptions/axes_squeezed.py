import numpy as np


def total_input(x, W, b):
    return np.squeeze(x @ W + b)
