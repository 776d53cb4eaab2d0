import numpy as np


from scipy.stats import entropy as of


def information(p):
    return -np.log2(p)


def entropy(p):
    return of(p)


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    return of(p, q)
