# each round overwrites the one before

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total = -a * np.log(b)
    return total


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
