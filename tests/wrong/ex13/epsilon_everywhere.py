# 1e-10 is added in every logarithm

import numpy as np


def information(p):
    return -np.log2(np.add(p, 1e-10))


def entropy(p):
    return -np.sum(p * np.log(p + 1e-10))


def cross_entropy(p, q):
    return -np.sum(p * np.log(q + 1e-10))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
