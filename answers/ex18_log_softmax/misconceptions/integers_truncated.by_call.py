import numpy as np


def logsumexp(x):
    x = np.asarray(x)
    result = np.zeros_like(x[..., 0])
    c = np.max(x, axis=-1, keepdims=True)
    result[...] = c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))
    return result


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
