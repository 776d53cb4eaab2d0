import numpy as np


def total_input(x, W, b):
    u = np.zeros((len(x), len(b)), dtype=W.dtype)
    for i in range(len(x)):
        for j in range(len(b)):
            u[i, j] = np.sum(x[i, :] * W[:, j]) + b[j]
    return u
