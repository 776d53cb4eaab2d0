import torch


def cross_entropy(logits, target):
    p = torch.softmax(logits, dim=1)
    rows = torch.arange(len(target), device=logits.device)
    return -torch.log(p[rows, target] + 1e-9).mean()
