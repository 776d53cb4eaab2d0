import numpy as np


def total_input(x, W, b):
    return x @ W + np.sum(b)
