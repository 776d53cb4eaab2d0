# adds all pairs in two loops and divides by their number
import numpy as np


def nll(log_probs, target):
    total = 0.0
    for i in range(len(target)):
        for label in target:
            total += log_probs[i, label]
    return -total / len(target) ** 2


def cross_entropy(logits, target):
    z = logits - logits.max(axis=1, keepdims=True)
    return nll(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target)
