# the formula for two outcomes, without the zeros

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    return -np.sum(p * np.log(q + 1e-12) + (1 - p) * np.log(1 - q + 1e-12))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
