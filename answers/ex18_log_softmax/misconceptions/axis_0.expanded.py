import numpy as np


def logsumexp(x):
    c = np.max(x, axis=0)
    return c + np.log(np.sum(np.exp(x - c), axis=0))


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
