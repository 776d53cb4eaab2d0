import math

import numpy as np


def information(p):
    if np.ndim(p) > 0:
        return np.array([information(value) for value in p])
    return -math.log2(p) if p > 0 else math.inf


def surprise(p):
    """Return the information of one outcome, in nats."""
    return -math.log(p) if p > 0 else math.inf


def entropy(p):
    return cross_entropy(p, p)


def cross_entropy(p, q):
    total = 0.0
    for p_k, q_k in zip(p.tolist(), q.tolist(), strict=True):
        if p_k > 0:
            total += p_k * surprise(q_k)
    return total


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
