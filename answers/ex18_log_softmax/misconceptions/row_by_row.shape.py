import numpy as np


def logsumexp(x):
    result = np.zeros(len(x))
    for i in range(x.shape[0]):
        c = np.max(x[i])
        result[i] = c + np.log(sum(np.exp(x[i, j] - c) for j in range(x.shape[1])))
    return result.astype(x.dtype if x.dtype.kind == "f" else np.float64)


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
