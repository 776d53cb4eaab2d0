import numpy as np


def mean(values):
    return np.sum(values) / len(values)


def nll(log_probs, target):
    return mean(-np.diagonal(log_probs[:, target]))


def cross_entropy(logits, target):
    margin = logits - np.diagonal(logits[:, target])[:, None]
    c = margin.max(axis=1)
    return mean(c + np.log(np.exp(margin - c[:, None]).sum(axis=1)))
