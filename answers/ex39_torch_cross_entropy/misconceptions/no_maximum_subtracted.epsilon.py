import torch


def cross_entropy(logits, target):
    e = torch.exp(logits)
    p = e / e.sum(dim=1, keepdim=True)
    rows = torch.arange(len(target), device=logits.device)
    return -torch.log(p[rows, target] + 1e-7).mean()
