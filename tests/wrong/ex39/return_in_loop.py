# the first sample alone
import torch


def cross_entropy(logits, target):
    total = 0
    for x, t in zip(logits, target):
        total = total + torch.logsumexp(x, 0) - x[t]
        return total
