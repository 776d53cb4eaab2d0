# takes the class after the true one
import numpy as np


def nll(log_probs, target):
    k = log_probs.shape[1]
    return -log_probs[np.arange(len(target)), (target + 1) % k].mean()


def cross_entropy(logits, target):
    z = logits - logits.max(axis=1, keepdims=True)
    return nll(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target)
