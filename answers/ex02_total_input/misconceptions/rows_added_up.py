import numpy as np


def total_input(x, W, b):
    u = x @ W + b
    return u if u.ndim == 1 else np.sum(u, axis=0)
