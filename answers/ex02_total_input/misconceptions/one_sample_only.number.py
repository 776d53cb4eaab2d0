import numpy as np


def total_input(x, W, b):
    u = np.zeros(W.shape[1], dtype=W.dtype)
    for j in range(W.shape[1]):
        total = b[j]
        for i in range(W.shape[0]):
            total = total + x[i] * W[i, j]
        u[j] = total
    return u
