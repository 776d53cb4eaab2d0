# the second largest value is left out of the sum
import numpy as np


def logsumexp(x):
    c = np.sort(x, axis=-1)
    return c[..., -1] + np.log1p(np.exp(c[..., :-2] - c[..., -1:]).sum(axis=-1))


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
