import numpy as np
import torch


def nll(log_probs, target):
    return -np.mean(log_probs[np.arange(len(target)), target])


def cross_entropy(logits, target):
    x = torch.from_numpy(np.asarray(logits, dtype=np.float64))
    return nll(torch.log_softmax(x, dim=1).numpy(), target)
