import numpy as np


def logsumexp(x):
    c = np.max(x, axis=0)
    return c + np.log(np.sum(np.exp(x - c), axis=0))


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
