import numpy as np


def logsumexp(x):
    result = []
    for row in x:
        c = np.max(row)
        result.append(c + np.log(np.sum(np.exp(row - c))))
    return np.array(result)


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
