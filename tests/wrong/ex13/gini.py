# the Gini impurity in the place of the entropy

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    return np.sum(p * (1 - p))


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
