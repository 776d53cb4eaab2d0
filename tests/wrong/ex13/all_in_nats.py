# information uses the natural logarithm, through a shared helper that stops at arrays

import math

import numpy as np


def information(p):
    return -math.log(p) if p > 0 else math.inf


def entropy(p):
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def cross_entropy(p, q):
    possible = p > 0
    return -np.sum(p[possible] * np.log(q[possible]))


def kl_divergence(p, q):
    possible = p > 0
    return np.sum(p[possible] * np.log(p[possible] / q[possible]))
