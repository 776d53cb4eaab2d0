import numpy as np


def logsumexp(x):
    s = np.log(np.sum(np.exp(np.asarray(x, dtype=np.longdouble)), axis=-1))
    return s.astype(np.float32 if x.dtype == np.float32 else np.float64)


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
