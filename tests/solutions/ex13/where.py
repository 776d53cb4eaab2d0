import numpy as np


def information(p):
    return np.log2(np.divide(1.0, p))


def entropy(p):
    return -(p * np.log(np.where(p == 0, 1, p))).sum()


def cross_entropy(p, q):
    return np.where(p > 0, -p * np.log(q), 0).sum()


def kl_divergence(p, q):
    ratio = np.divide(p, q, out=np.ones(len(p)), where=p > 0)
    return np.sum(p * np.log(ratio))
