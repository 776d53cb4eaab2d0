# cross_entropy picks the raw logits and adds them up
import numpy as np


def nll(log_probs, target):
    return -log_probs[np.arange(len(target)), target].mean()


def cross_entropy(logits, target):
    return -logits[np.arange(len(target)), target].sum()
