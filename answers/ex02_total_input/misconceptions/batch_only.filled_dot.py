import numpy as np


def total_input(x, W, b):
    u = np.zeros((len(x), len(b)), dtype=W.dtype)
    for i in range(len(x)):
        u[i] = np.dot(x[i], W) + b
    return u
