import numpy as np


def softmax(x):
    if x.ndim == 1:
        exp_x = np.exp(x - np.max(x))
        return exp_x / np.sum(exp_x)
    result = np.zeros(x.shape)
    for i in range(len(x) - 1):
        result[i] = softmax(x[i])
    return result
