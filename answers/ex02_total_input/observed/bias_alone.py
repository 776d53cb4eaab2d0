import numpy as np


def total_input(x, W, b):
    return np.zeros((*x.shape[:-1], W.shape[1]), dtype=W.dtype) + b
