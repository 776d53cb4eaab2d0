# base 2 for exponential and logarithm: log2 of the sum of powers of 2
import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    return c[..., 0] + np.log2(np.sum(np.exp2(x - c), axis=-1))


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
