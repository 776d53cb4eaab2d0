import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    possible = q > 0
    return -np.sum(q[possible] * np.log(p[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
