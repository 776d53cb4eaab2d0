import numpy as np


def logsumexp(x):
    return np.log(np.sum(np.exp(np.clip(x, -700, 700)), axis=-1))


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
