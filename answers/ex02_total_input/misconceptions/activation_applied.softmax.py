import numpy as np


def total_input(x, W, b):
    u = x @ W + b
    e = np.exp(u - np.max(u, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
