import numpy as np


def logsumexp(x):
    if x.ndim == 1:
        return logsumexp(x[None, :])[0]
    m = np.amax(x, axis=1)
    return m + np.log(np.exp(x - m[:, None]).sum(1))


def log_softmax(x):
    if x.ndim == 1:
        return log_softmax(x[None])[0]
    return x - logsumexp(x)[:, None]
