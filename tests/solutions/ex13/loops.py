import math

import numpy as np

# plain loops, one number at a time


def information(p):
    if np.ndim(p) == 0:
        return math.inf if p == 0 else math.log2(1 / float(p))
    return np.array([information(value) for value in p])


def entropy(p):
    total = 0.0
    for value in p:
        if value > 0:
            total += value * math.log(1 / value)
    return float(total)


def cross_entropy(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a == 0:
            continue
        if b == 0:
            return math.inf
        total -= a * math.log(b)
    return float(total)


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
