import numpy as np


def add(a, b):
    """log(e^a + e^b)"""
    high, low = np.maximum(a, b), np.minimum(a, b)
    return high + np.log1p(np.exp(low - high))


def logsumexp(x):
    total = x[..., 0] if x.dtype.kind == "f" else x[..., 0].astype(float)
    for k in range(1, x.shape[-1]):
        total = add(total, x[..., k])
    return total


def log_softmax(x):
    return (x.T - logsumexp(x)).T
