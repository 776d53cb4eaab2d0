# zeros are overwritten in the caller's array, and information is counted in nats

import numpy as np


def information(p):
    return -np.log(p)


def entropy(p):
    p[p <= 0] = 1
    return -(p * np.log(p)).sum()


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
