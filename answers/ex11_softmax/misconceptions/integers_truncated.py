import numpy as np


def softmax(x):
    y = np.zeros_like(x)
    if x.ndim == 1:
        exp_x = np.exp(x - np.max(x))
        y[:] = exp_x / np.sum(exp_x)
    else:
        for i in range(x.shape[0]):
            y[i] = softmax(x[i])
    return y
