import numpy as np


def log_softmax(x):
    y = np.array(x, dtype=np.float32 if x.dtype == np.float32 else float)
    y -= y.max(-1, keepdims=True)
    y -= np.log(np.exp(y).sum(-1, keepdims=True))
    return y


def logsumexp(x):
    # x_k - log_softmax(x)_k is the same for all k
    return (x - log_softmax(x))[..., 0]
