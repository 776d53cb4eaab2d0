import numpy as np


def logsumexp(x):
    x = np.asarray(x)
    result = np.zeros_like(x[..., 0])
    c = np.max(x, axis=-1, keepdims=True)
    result[...] = c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))
    return result


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
