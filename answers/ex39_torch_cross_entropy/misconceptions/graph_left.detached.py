import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    x = logits.detach()
    return (torch.logsumexp(x, dim=1) - x[rows, target]).mean()
