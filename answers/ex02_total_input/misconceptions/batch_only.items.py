import numpy as np


def total_input(x, W, b):
    u = np.zeros((len(x), len(b)), dtype=W.dtype)
    for i in range(len(x)):
        for j in range(len(b)):
            for k in range(len(W)):
                u[i][j] += x[i][k] * W[k][j]
            u[i][j] += b[j]
    return u
