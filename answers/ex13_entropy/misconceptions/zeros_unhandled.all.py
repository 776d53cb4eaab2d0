import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    return -np.sum(p * np.log(q))


def kl_divergence(p, q):
    return np.sum(p * np.log(p / q))
