import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    total = 0.0
    for k in range(1, len(p)):
        total -= p[k] * np.log(q[k]) if p[k] > 0 else 0
    return total


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
