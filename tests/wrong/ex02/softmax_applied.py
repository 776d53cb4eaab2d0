# a softmax is applied to the total input
import numpy as np


def total_input(x, W, b):
    u = x @ W + b
    e = np.exp(u - u.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
