import math
import numpy as np


def _one(v):
    return math.inf if v == 0 else -math.log2(v)


def information(p):
    if np.ndim(p) == 0:
        return _one(float(p))
    return np.array([_one(v) for v in p.ravel()]).reshape(p.shape)


def cross_entropy(p, q):
    h = 0.0
    for a, b in zip(p, q):
        if a == 0:
            continue
        if b == 0:
            return math.inf
        h -= a * math.log(b)
    return h


def entropy(p):
    return cross_entropy(p, p)


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
