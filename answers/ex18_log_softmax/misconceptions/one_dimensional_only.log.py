import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    return c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))


def log_softmax(x):
    c = x[0]
    for value in x:
        if value > c:
            c = value
    total = 0.0
    for value in x:
        total += np.exp(value - c)
    return x - c - np.log(total)
