import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    return c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))


def log_softmax(x):
    y = x - np.expand_dims(logsumexp(x), -1)
    return np.log(np.exp(y) + 1e-9)
