import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    return torch.logsumexp(logits, dim=0).mean() - logits[rows, target].mean()
