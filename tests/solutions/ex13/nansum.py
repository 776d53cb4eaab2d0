import numpy as np


def information(p):
    return np.negative(np.log2(np.asarray(p, dtype=float)))


def entropy(p):
    return -np.nansum(p * np.log(p))


def cross_entropy(p, q):
    return np.nansum(-p * np.log(q))


def kl_divergence(p, q):
    return np.nansum(p * (np.log(p) - np.log(q)))
