import numpy as np


def nll(log_probs, target):
    return -np.mean(log_probs[np.arange(len(target)), target])


def cross_entropy(logits, target):
    return np.sum(logits[np.arange(len(target)), target])
