# zeros are replaced by 1e-3 and all is normalised again

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = np.maximum(p, 1e-3)
    p = p / p.sum()
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
