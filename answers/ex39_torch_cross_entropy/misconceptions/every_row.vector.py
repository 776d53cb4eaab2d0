import torch


def cross_entropy(logits, target):
    losses = torch.logsumexp(logits, dim=1) - logits[:, target]
    return losses.mean()
