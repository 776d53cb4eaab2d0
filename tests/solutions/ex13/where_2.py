import numpy as np


def _plogq(p, q):
    safe = np.where(p == 0, 1.0, q)
    return np.where(p == 0, 0.0, p * np.log(safe)).sum()


information = lambda p: np.log2(1 / np.asarray(p, dtype=float))


def entropy(p):
    return -_plogq(p, p)


def cross_entropy(p, q):
    return -_plogq(p, q)


def kl_divergence(p, q):
    return _plogq(p, p) - _plogq(p, q)
