# a Python number
import torch


def cross_entropy(logits, target):
    z = logits - logits.max(1, keepdim=True)[0]
    log_p = z - z.exp().sum(1, keepdim=True).log()
    total = 0.0
    for i, t in enumerate(target):
        total -= float(log_p[i, t])
    return total / len(target)
