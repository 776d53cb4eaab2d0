# averages the first two samples only
import numpy as np


def nll(log_probs, target):
    rows = np.arange(len(target))[:2]
    return -log_probs[rows, target[:2]].mean()


def cross_entropy(logits, target):
    z = logits - logits.max(axis=1, keepdims=True)
    return nll(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target)
