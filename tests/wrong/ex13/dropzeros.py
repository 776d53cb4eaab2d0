# drops terms where q is 0 (mask on q), also in information
import numpy as np


def information(p):
    p = np.asarray(p, dtype=float)
    return -np.log2(p, where=p > 0, out=np.zeros_like(p))


def entropy(p):
    return float(np.nansum(-p * np.log(p)))


def cross_entropy(p, q):
    return float(np.nansum(-p * np.log(np.where(q > 0, q, 1))))


def kl_divergence(p, q):
    return entropy(p) - cross_entropy(p, q)
