import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    x -= c
    return c[..., 0] + np.log(np.sum(np.exp(x), axis=-1))


def log_softmax(x):
    s = np.expand_dims(logsumexp(x), -1)
    return x - s
