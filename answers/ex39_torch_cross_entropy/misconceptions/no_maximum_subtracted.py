import torch


def cross_entropy(logits, target):
    e = torch.exp(logits)
    rows = torch.arange(len(target), device=logits.device)
    return (torch.log(e.sum(dim=1)) - logits[rows, target]).mean()
