# a new leaf instead of the logits
import torch


def cross_entropy(logits, target):
    x = logits.clone().detach().requires_grad_(True)
    return (torch.logsumexp(x, 1) - x[range(len(target)), target]).mean()
