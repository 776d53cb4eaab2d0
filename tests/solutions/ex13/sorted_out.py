# only outcomes that can happen, by their indices

import numpy as np


def support(p):
    return np.flatnonzero(p)


def information(p):
    return -np.log2(p)


def entropy(p):
    k = support(p)
    return float(np.log(1 / p[k]) @ p[k])


def cross_entropy(p, q):
    k = support(p)
    return float(np.average(-np.log(q[k]), weights=p[k]))


def kl_divergence(p, q):
    k = support(p)
    if np.any(q[k] == 0):
        return np.inf
    return float(np.average(np.log(p[k] / q[k]), weights=p[k]))
