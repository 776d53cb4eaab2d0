import numpy as np


def logsumexp(x):
    return np.log(np.sum(np.exp(np.clip(x, -700, 700)), axis=-1))


def log_softmax(x):
    x = np.clip(x, -700, 700)
    return x - np.log(np.sum(np.exp(x), axis=-1, keepdims=True))
