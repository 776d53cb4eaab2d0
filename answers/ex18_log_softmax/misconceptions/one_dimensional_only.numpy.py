import numpy as np


def logsumexp(x):
    c = x[0]
    for value in x:
        if value > c:
            c = value
    total = 0.0
    for value in x:
        total += np.exp(value - c)
    return c + np.log(total)


def log_softmax(x):
    return x - logsumexp(x)
