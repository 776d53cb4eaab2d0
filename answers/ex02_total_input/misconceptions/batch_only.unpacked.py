import numpy as np


def total_input(x, W, b):
    n, size = x.shape
    u = np.zeros((n, W.shape[1]), dtype=W.dtype)
    for i in range(n):
        u[i] = x[i] @ W + b
    return u
