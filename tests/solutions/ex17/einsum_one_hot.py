import numpy as np


def nll(log_probs, target):
    one_hot = (target[:, None] == np.arange(log_probs.shape[1])).astype(log_probs.dtype)
    return -np.einsum("nk,nk->", one_hot, log_probs) / log_probs.shape[0]


def cross_entropy(logits, target):
    m = logits.max(1)[:, None]
    s = np.exp(logits - m).sum(1)[:, None]
    return nll(logits - (m + np.log(s)), target)
