# log_softmax has the opposite sign: -log of the probability
import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    return c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))


def log_softmax(x):
    z = x - x.max(-1, keepdims=True)
    return np.log(np.exp(z).sum(-1, keepdims=True)) - z
