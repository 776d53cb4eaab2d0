import numpy as np


def logsumexp(x):
    x = np.atleast_2d(x)
    c = np.max(x, axis=1, keepdims=True)
    return c[:, 0] + np.log(np.sum(np.exp(x - c), axis=1))


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
