import numpy as np


def logsumexp(x):
    c = np.max(x)
    return c + np.log(np.sum(np.exp(x - c)))


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
