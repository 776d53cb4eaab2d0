# base 10 in entropy and cross-entropy

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -(p @ np.log10(p))


def cross_entropy(p, q):
    k = p > 0
    return -(p[k] @ np.log10(q[k]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
