# all four functions use the logarithm of base 2

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    return -np.sum(np.where(p > 0, p * np.log2(np.where(p > 0, p, 1)), 0))


def cross_entropy(p, q):
    return -np.sum(np.where(p > 0, p * np.log2(q), 0))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
