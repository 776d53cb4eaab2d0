import numpy as np


def logsumexp(x):
    return np.log(np.sum(np.exp(x), axis=-1))


def log_softmax(x):
    e = np.exp(x)
    return np.log(e / np.sum(e, axis=-1, keepdims=True))
