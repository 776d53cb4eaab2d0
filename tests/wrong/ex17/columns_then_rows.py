# indexes the transposed labels: first the label, then the sample
import numpy as np


def nll(log_probs, target):
    return -sum(log_probs[label][i] for i, label in enumerate(target)) / len(target)


def cross_entropy(logits, target):
    z = logits - logits.max(axis=1, keepdims=True)
    return nll(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), target)
