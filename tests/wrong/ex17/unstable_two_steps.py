# softmax without a maximum, then the logarithm
import numpy as np


def nll(log_probs, target):
    return -log_probs[np.arange(len(target)), target].mean()


def cross_entropy(logits, target):
    p = np.exp(logits) / np.exp(logits).sum(axis=1)[:, None]
    return nll(np.log(p), target)
