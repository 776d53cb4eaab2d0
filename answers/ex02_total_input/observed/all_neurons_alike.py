import numpy as np


def total_input(x, W, b):
    u = x @ W + b
    return u[..., :1] * np.ones(len(b), dtype=W.dtype)
