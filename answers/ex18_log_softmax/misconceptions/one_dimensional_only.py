import math

import numpy as np


def logsumexp(x):
    c = max(x)
    total = 0.0
    for value in x:
        total += math.exp(value - c)
    return c + math.log(total)


def log_softmax(x):
    return x - logsumexp(x)
