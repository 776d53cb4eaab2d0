import numpy as np


def information(p):
    return 0.0 - np.log(p) / np.log(2.0)


def entropy(p):
    return np.log(1 / np.prod(np.power(p, p, dtype=float)))


def cross_entropy(p, q):
    return -np.log(np.prod(np.power(q, p, dtype=float)))


def kl_divergence(p, q):
    return cross_entropy(p, q) - cross_entropy(p, p)
