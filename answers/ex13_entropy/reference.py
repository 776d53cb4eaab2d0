import numpy as np


def information(p):
    with np.errstate(divide="ignore"):
        return -np.log2(p)


def entropy(p):
    return cross_entropy(p, p)


def cross_entropy(p, q):
    # H(P, Q) = -sum_k p_k log q_k, over the outcomes that can happen
    possible = p > 0
    with np.errstate(divide="ignore"):
        return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
