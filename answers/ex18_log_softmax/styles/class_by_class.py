import numpy as np


def add(a, b):
    """Return log(e^a + e^b), where e^a and e^b themselves may overflow."""
    larger, smaller = np.maximum(a, b), np.minimum(a, b)
    return larger + np.log1p(np.exp(smaller - larger))


def logsumexp(x):
    dtype = np.float32 if x.dtype == np.float32 else np.float64
    s = x[..., 0].astype(dtype)
    for k in range(1, x.shape[-1]):
        s = add(s, x[..., k].astype(dtype))
    return s


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
