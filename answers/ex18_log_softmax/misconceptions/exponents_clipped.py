import numpy as np


def logsumexp(x):
    return np.log(np.sum(np.exp(np.clip(x, -700, 700)), axis=-1))


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
