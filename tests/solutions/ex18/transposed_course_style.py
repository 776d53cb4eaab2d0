import numpy as np


def logsumexp(x):
    if x.ndim == 2:
        x = x.T
        c = np.max(x, axis=0)
        return np.log(np.sum(np.exp(x - c), axis=0)) + c
    c = np.max(x)
    return np.log(np.sum(np.exp(x - c))) + c


def log_softmax(x):
    if x.ndim == 2:
        y = x.T - logsumexp(x)
        return y.T
    return x - logsumexp(x)
