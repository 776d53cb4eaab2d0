import numpy as np


def _pick(a, t):
    return np.take_along_axis(a, t[:, None], axis=1)[:, 0]


def nll(log_probs, target):
    return -np.sum(_pick(log_probs, target)) / log_probs.shape[0]


def cross_entropy(logits, target):
    x = np.asarray(logits, dtype=np.float64)
    gap = x - _pick(x, target)[:, None]
    top = gap.max(axis=1)
    return np.mean(top + np.log(np.exp(gap - top[:, None]).sum(axis=1)))
