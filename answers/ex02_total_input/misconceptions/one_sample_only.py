import numpy as np


def total_input(x, W, b):
    u = np.zeros(len(b), dtype=W.dtype)
    for j in range(len(b)):
        for i in range(len(x)):
            u[j] += x[i] * W[i, j]
        u[j] += b[j]
    return u
