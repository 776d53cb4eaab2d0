import numpy as np


def information(p):
    with np.errstate(divide="ignore"):
        return -np.log2(p)


def entropy(p):
    return -np.sum(p * log_where_possible(p, p))


def cross_entropy(p, q):
    return -np.sum(p * log_where_possible(q, p))


def kl_divergence(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sum(p * log_where_possible(p / q, p))


def log_where_possible(values, p):
    """Return log(values), and 0 for each outcome that never happens."""
    with np.errstate(divide="ignore"):
        return np.log(np.where(p > 0, values, 1))
