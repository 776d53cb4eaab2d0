# log(softmax) with an unstable softmax; logsumexp is right
import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    return c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))


def softmax(x):
    return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)


def log_softmax(x):
    return np.log(softmax(x))
