# the divergence is halved, as if it were counted twice

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
    k = p > 0
    return 0.5 * np.sum(p[k] * np.log(p[k] / q[k]))
