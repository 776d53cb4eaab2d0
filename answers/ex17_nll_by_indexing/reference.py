import numpy as np


def nll(log_probs, target):
    # L = -1/n sum_i log p[i, t_i]: the indices are paired one by one
    return -np.mean(log_probs[np.arange(len(target)), target])


def cross_entropy(logits, target):
    # log softmax(x)_k = z_k - log sum_j exp(z_j), with z = x - max x
    z = logits - np.max(logits, axis=1, keepdims=True)
    log_probs = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    return nll(log_probs, target)
