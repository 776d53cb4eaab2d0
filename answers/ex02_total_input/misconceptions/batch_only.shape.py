import numpy as np


def total_input(x, W, b):
    u = np.zeros((x.shape[0], W.shape[1]), dtype=W.dtype)
    for i in range(x.shape[0]):
        for j in range(W.shape[1]):
            for k in range(x.shape[1]):
                u[i, j] += x[i, k] * W[k, j]
            u[i, j] += b[j]
    return u
