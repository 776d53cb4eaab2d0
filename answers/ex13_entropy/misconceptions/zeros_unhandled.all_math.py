import math

import numpy as np


def information(p):
    return -np.log2(p)


def entropy(p):
    return -sum(value * math.log(value) for value in p)


def cross_entropy(p, q):
    return -sum(a * math.log(b) for a, b in zip(p, q, strict=True))


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
