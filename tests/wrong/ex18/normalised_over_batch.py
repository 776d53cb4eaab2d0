# log_softmax is normalised over the whole batch, logsumexp is right
import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    return c[..., 0] + np.log(np.sum(np.exp(x - c), axis=-1))


def log_softmax(x):
    m = x.max()
    return x - (m + np.log(np.exp(x - m).sum()))
