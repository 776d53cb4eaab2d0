import math

import numpy as np


def logsumexp(x):
    c = max(x)
    total = 0.0
    for value in x:
        total += math.exp(value - c)
    return c + math.log(total)


def log_softmax(x):
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))
