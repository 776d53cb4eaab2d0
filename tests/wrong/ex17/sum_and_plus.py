# the sum with the wrong sign
import numpy as np


def nll(log_probs, target):
    return log_probs[np.arange(len(target)), target].sum()


def cross_entropy(logits, target):
    z = logits - logits.max(axis=1, keepdims=True)
    return nll(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target)
