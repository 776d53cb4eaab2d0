import numpy as np


def logsumexp(x):
    return np.logaddexp.reduce(x, axis=-1)


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
