import numpy as np


def softmax(x):
    if x.ndim == 1:
        x = x.reshape(1, x.size)
    exp_x = np.exp(x - np.max(x, axis=1, keepdims=True))
    return exp_x / np.sum(exp_x, axis=1, keepdims=True)
