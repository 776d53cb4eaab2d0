import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    ratio = np.where(p > 0, p, 1) / np.where(p > 0, q, 1)
    return np.mean(p * np.log(ratio))
