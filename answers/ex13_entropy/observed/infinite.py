import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    return -np.sum(np.log(p - p))


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
