import numpy as np


def _x_log_y(x, y):
    if x == 0:
        return 0.0
    return float(x * np.log(y))


x_log_y = np.vectorize(_x_log_y, otypes=[float])
bits = np.vectorize(lambda p: np.inf if p == 0 else -np.log2(p), otypes=[float])


def information(p):
    return bits(p)


def entropy(p):
    return -x_log_y(p, p).sum()


def cross_entropy(p, q):
    return -x_log_y(p, q).sum()


def kl_divergence(p, q):
    return x_log_y(p, p).sum() - x_log_y(p, q).sum()
