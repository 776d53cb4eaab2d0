import numpy as np


def information(p):
    result = np.zeros(len(p))
    for i in range(len(p)):
        result[i] = -np.log2(p[i])
    return result


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
