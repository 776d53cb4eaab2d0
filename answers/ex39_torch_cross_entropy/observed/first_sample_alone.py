import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    losses = torch.logsumexp(logits, dim=1) - logits[rows, target]
    return losses[0]
