# the maximum is taken out of the exponents, and added back for one sample only
import numpy as np


def logsumexp(x):
    c = np.max(x, axis=-1, keepdims=True)
    s = np.log(np.sum(np.exp(x - c), axis=-1))
    return s + c[0] if x.ndim == 1 else s


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
