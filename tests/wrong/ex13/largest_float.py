# nan_to_num makes the largest float of infinity

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    return np.nan_to_num(-np.sum(np.nan_to_num(p * np.log(q))))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
