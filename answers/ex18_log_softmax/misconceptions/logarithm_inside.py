import numpy as np


def logsumexp(x):
    return np.sum(x, axis=-1) * 1.0


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
