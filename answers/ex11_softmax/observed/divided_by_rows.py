import numpy as np


def softmax(x):
    exp_x = np.exp(x - np.max(x, axis=-1, keepdims=True))
    y = exp_x / np.sum(exp_x, axis=-1, keepdims=True)
    return y / len(x) if x.ndim == 2 else y
