import numpy as np


def logsumexp(x):
    result = []
    for row in x:
        c = max(row)
        result.append(c + np.log(sum(np.exp(row - c))))
    return np.array(result)


def log_softmax(x):
    result = []
    for row in x:
        z = row - max(row)
        result.append(z - np.log(sum(np.exp(z))))
    return np.array(result)
