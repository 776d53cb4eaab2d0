import numpy as np


def logsumexp(x):
    # log sum_j exp(x_j) = c + log sum_j exp(x_j - c) for any c:
    # with c = max x no exponent is above 0
    c = np.max(x, axis=-1, keepdims=True)
    return np.squeeze(c, axis=-1) + np.log(np.sum(np.exp(x - c), axis=-1))


def log_softmax(x):
    # log (exp(x_k) / sum_j exp(x_j)) = x_k - logsumexp(x)
    return x - np.expand_dims(logsumexp(x), -1)
