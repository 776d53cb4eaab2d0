import numpy as np


def logsumexp(x):
    result = []
    for row in x:
        c = np.max(row)
        result.append(c + np.log(np.sum(np.exp(row - c))))
    return np.array(result)


def log_softmax(x):
    return x - np.expand_dims(logsumexp(x), -1)
