# return stands inside the loop: the loss of the first sample
import numpy as np


def nll(log_probs, target):
    losses = []
    for row, label in zip(log_probs, target, strict=True):
        losses.append(-row[label])
        break
    return losses[0]


def cross_entropy(logits, target):
    z = logits - logits.max(axis=1, keepdims=True)
    return nll(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target)
