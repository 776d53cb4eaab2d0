import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    return logits[rows, target].sum()
