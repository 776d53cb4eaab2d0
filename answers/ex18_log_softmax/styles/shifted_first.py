import numpy as np


def log_softmax(x):
    shifted = x - np.max(x, axis=-1, keepdims=True)
    total = np.sum(np.exp(shifted), axis=-1, keepdims=True)
    return shifted - np.log(total)


def logsumexp(x):
    # s = x_k - y_k for every k, so for the largest x_k and y_k too
    return np.max(x, axis=-1) - np.max(log_softmax(x), axis=-1)
